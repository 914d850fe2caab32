import { ASSERTION_ALGORITHMS } from '../../../crypto/client-assertion.ts'
import type { ClientMetadata, LanguageField } from '../../../model/clients/client-metadata.ts'
import { SIGNING_ALGORITHMS } from '../../../model/credentials/signing-algorithm.ts'
import { CLIENT_METHODS } from '../../oauth/client-methods/client-methods.ts'
import { readKeySet } from '../client-keys.ts'
import { afterSignOut } from './read-redirects.ts'
import {
  flag,
  listOf,
  logoutAddress,
  oneOf,
  type ReadValue,
  requestAddress,
  seconds,
  secureAddress,
  text,
  webAddress,
} from './read-values.ts'

/*
 * The standard names of client metadata (RFC 7591 section 2; OpenID Connect registration section 2) for our fields, and their
 * parsers.
 */

type Fields = { [K in keyof Plain]-?: { name: string; read: ReadValue<NonNullable<Plain[K]>> } }
type Plain = Omit<ClientMetadata, LanguageField>

const AUTH_METHODS = CLIENT_METHODS.map(({ name }) => name)
const MOST_ADDRESSES = 20

export const FIELDS: Fields = {
  tokenEndpointAuthMethod: { name: 'token_endpoint_auth_method', read: oneOf(...AUTH_METHODS) },
  tokenEndpointAuthSigningAlg: { name: 'token_endpoint_auth_signing_alg', read: oneOf(...ASSERTION_ALGORITHMS) },
  jwks: { name: 'jwks', read: readKeySet },
  jwksUri: { name: 'jwks_uri', read: secureAddress },
  applicationType: { name: 'application_type', read: oneOf('web', 'native') },
  logoUri: { name: 'logo_uri', read: webAddress },
  policyUri: { name: 'policy_uri', read: webAddress },
  tosUri: { name: 'tos_uri', read: webAddress },
  contacts: { name: 'contacts', read: listOf(text(254), 10) },
  softwareId: { name: 'software_id', read: text(200) },
  softwareVersion: { name: 'software_version', read: text(100) },
  subjectType: { name: 'subject_type', read: oneOf('public', 'pairwise') },
  sectorIdentifierUri: { name: 'sector_identifier_uri', read: secureAddress },
  idTokenSignedResponseAlg: { name: 'id_token_signed_response_alg', read: oneOf(...SIGNING_ALGORITHMS) },
  userinfoSignedResponseAlg: { name: 'userinfo_signed_response_alg', read: oneOf(...SIGNING_ALGORITHMS) },
  requestObjectSigningAlg: { name: 'request_object_signing_alg', read: oneOf(...ASSERTION_ALGORITHMS) },
  requestUris: { name: 'request_uris', read: listOf(requestAddress, MOST_ADDRESSES) },
  defaultMaxAge: { name: 'default_max_age', read: seconds },
  requireAuthTime: { name: 'require_auth_time', read: flag },
  defaultAcrValues: { name: 'default_acr_values', read: listOf(text(200), 20) },
  postLogoutRedirectUris: { name: 'post_logout_redirect_uris', read: listOf(afterSignOut, MOST_ADDRESSES) },
  backchannelLogoutUri: { name: 'backchannel_logout_uri', read: logoutAddress },
  backchannelLogoutSessionRequired: { name: 'backchannel_logout_session_required', read: flag },
}

/**
 * Fields that request a protection that this server lacks. They are refused, because the client would believe that it is
 * protected.
 */
export const PROMISES: readonly string[] = [
  'dpop_bound_access_tokens',
  'tls_client_certificate_bound_access_tokens',
  'require_signed_request_object',
  ...['id_token', 'userinfo', 'authorization', 'introspection'].flatMap(what => [
    `${what}_encrypted_response_alg`,
    `${what}_encrypted_response_enc`,
  ]),
  'request_object_encryption_alg',
  'request_object_encryption_enc',
  'authorization_signed_response_alg',
  'introspection_signed_response_alg',
]
