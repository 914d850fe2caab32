import { type Client, GRANT_TYPES, type GrantTypeName, type Policy } from '../../../model/clients/client.ts'
import { type ClientMetadata, hasKeys } from '../../../model/clients/client-metadata.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { parseScopes, type Scope } from '../../../model/scopes/scope.ts'
import { checkKeys } from '../client-keys.ts'
import { FIELDS, PROMISES } from './fields.ts'
import { readLanguages, readName, withLanguages } from './other-languages.ts'
import { readRedirects } from './read-redirects.ts'
import { flag, listOf, text, webAddress } from './read-values.ts'
import { asUnfit, redirectUnfit, unfit } from './unfit-metadata.ts'

/**
 * Parses client metadata in JSON (RFC 7591 section 2), from a registration or a document. The result does not depend on
 * the sender; the caller decides about grant types and scopes. Ignores unknown fields, grant types and response types.
 * Refuses with `redirect-unfit`, `client-metadata-unfit` and `software-statement-unsupported`.
 */
export function readClientMetadata(document: unknown): ClientRegistration {
  const given = fieldsOf(document)
  refuseUnsupported(given)
  const { redirectUris, applicationType } = readRedirects(given['redirect_uris'], readApplicationType(given))
  const metadata: ClientMetadata = {
    ...readFields(given),
    ...withLanguages({}, readLanguages(given)),
    ...(applicationType && { applicationType }),
  }
  const method = metadata.tokenEndpointAuthMethod ?? 'client_secret_basic'
  const grantTypes = readGrantTypes(given['grant_types'])
  const website = given['client_uri'] === undefined ? undefined : webAddress(given['client_uri'], 'client_uri')
  checkResponseTypes(given['response_types'], grantTypes)
  checkProof(method, metadata)
  if (grantTypes.includes('authorization_code') && redirectUris.length === 0)
    throw redirectUnfit('redirect_uris must hold at least one address for the grant type authorization_code.')
  const registration: ClientRegistration = {
    name:
      given['client_name'] === undefined
        ? nameFrom(website, redirectUris)
        : readName(given['client_name'], 'client_name'),
    redirectUris,
    grantTypes,
    type: method === 'none' ? 'public' : 'confidential',
    pushedRequests: readPushed(given['require_pushed_authorization_requests']),
    metadata: { ...metadata, tokenEndpointAuthMethod: method },
  }
  if (website !== undefined) registration.website = website
  if (given['scope'] !== undefined) registration.scopes = readScope(given['scope'])
  if (JSON.stringify(registration).length > LONGEST)
    throw unfit('metadata', `The metadata of a client may have ${LONGEST} characters.`)
  return registration
}

/** `scopes` is absent if the document names none. */
export type ClientRegistration = Pick<
  Client,
  'name' | 'website' | 'redirectUris' | 'grantTypes' | 'type' | 'metadata'
> & {
  scopes?: Scope[]
  pushedRequests: Policy['pushedRequests']
}
type Given = Readonly<Record<string, unknown>>

/** The limit for everything stored of one client, in characters. */
const LONGEST = 32_768
const MOST_SCOPES = 200

/** `null` counts as absent (RFC 7591 section 2). */
function fieldsOf(document: unknown): Given {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw unfit('metadata', 'Client metadata must be a JSON object.')
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== null))
}

function refuseUnsupported(given: Given): void {
  if (given['software_statement'] !== undefined)
    throw new Refusal('software-statement-unsupported', undefined, { parameter: 'software_statement' })
  for (const name of PROMISES)
    if (given[name] !== undefined && given[name] !== false)
      throw unfit(name, `This server does not support ${name}. Leave it out.`)
}

function readApplicationType(given: Given): ClientMetadata['applicationType'] {
  const { name, read } = FIELDS.applicationType
  return given[name] === undefined ? undefined : read(given[name], name)
}

function readFields(given: Given): ClientMetadata {
  const found: Record<string, unknown> = {}
  for (const [field, { name, read }] of Object.entries(FIELDS))
    if (given[name] !== undefined) found[field] = reading(() => read(given[name], name))
  return found
}

/** The name of a client that names none: a host that people recognise. */
function nameFrom(website: string | undefined, [first]: readonly string[]): string {
  const from = website ?? first
  const { host, protocol } = from === undefined ? { host: '', protocol: '' } : new URL(from)
  return host || protocol.slice(0, -1) || 'Unnamed application'
}

function readGrantTypes(value: unknown): GrantTypeName[] {
  const named = value === undefined ? [] : listOf(text(200), 20)(value, 'grant_types')
  if (named.length === 0) return ['authorization_code']
  const known = GRANT_TYPES.filter(name => named.includes(name))
  if (known.length === 0)
    throw unfit('grant_types', `grant_types must hold at least one of: ${GRANT_TYPES.join(', ')}.`)
  return known
}

function checkResponseTypes(value: unknown, grantTypes: readonly GrantTypeName[]): void {
  const named = value === undefined ? [] : listOf(text(100), 20)(value, 'response_types')
  if (named.length > 0 && grantTypes.includes('authorization_code') && !named.includes('code'))
    throw unfit('response_types', 'response_types must hold code: this server answers with authorization codes alone.')
}

function checkProof(method: string, metadata: ClientMetadata): void {
  reading(() => checkKeys(metadata))
  if (method === 'private_key_jwt' && !hasKeys({ metadata }))
    throw unfit('jwks', 'The method private_key_jwt needs jwks or jwks_uri.')
  if (method === 'none' && hasKeys({ metadata }))
    throw unfit(
      'token_endpoint_auth_method',
      'A client with keys has the method private_key_jwt, or one with a secret.',
    )
}

const readPushed = (value: unknown): Policy['pushedRequests'] =>
  value !== undefined && flag(value, 'require_pushed_authorization_requests') ? 'required' : 'optional'

function readScope(value: unknown): Scope[] {
  if (typeof value !== 'string') throw unfit('scope', 'scope must be one text with spaces between the scopes.')
  const scopes = parseScopes(value)
  if (scopes.length > MOST_SCOPES) throw unfit('scope', `scope may hold ${MOST_SCOPES} scopes.`)
  return scopes
}

function reading<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw asUnfit(error)
  }
}
