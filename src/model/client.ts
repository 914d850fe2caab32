import type { ClientMetadata } from './client-metadata.ts'
import type { Scope } from './scope.ts'

/** RFC 6749 section 1.3 and 6, RFC 8628 section 3.4, by the names they have on the wire. */
export const GRANT_TYPES = [
  'authorization_code',
  'client_credentials',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const
export type GrantTypeName = (typeof GRANT_TYPES)[number]

/** Differences of policy are data: they travel with the client, and no code asks which dialect registered it. */
export type Policy = {
  /** `null`: until revoked. */
  accessTokenSeconds: number | null
  refreshTokenSeconds: number
  codeSeconds: number
  /** Whether a confidential client must send a challenge; a public one always must. What is sent is always checked. */
  pkce: 'required' | 'when-sent'
  /** It was chosen for this client; otherwise `required` follows the setting of the server. */
  pkceChosen?: true
  outOfBand: 'allowed' | 'refused'
  /** Whether codes may travel over plain http to another machine: none, those of a private network, any. To the machine itself they always may. */
  httpRedirects: 'loopback' | 'private' | 'allowed'
  /** `required`: its authorization requests must be pushed (RFC 9126 section 6); `optional` follows the setting of the server. */
  pushedRequests: 'required' | 'optional'
  /** `remember`: the same user, client and scopes are not asked again (only where the client can prove itself). */
  consent: 'always' | 'remember'
  /** Scopes when a request names none. */
  defaultScopes: Scope[] | 'registered'
}

export const CLIENT_SOURCES = ['operator', 'portal', 'mastodon', 'resource-server'] as const
export type ClientSource = (typeof CLIENT_SOURCES)[number]

export type Client = {
  id: string
  /** For systems that number their applications. */
  number: number
  name: string
  website?: string
  redirectUris: string[]
  grantTypes: GrantTypeName[]
  scopes: Scope[]
  /** RFC 6749 section 2.1: a public client cannot keep a secret and has none. */
  type: 'confidential' | 'public'
  ownerId?: string
  policy: Policy
  source: ClientSource
  active: boolean
  /** Present while its owner is disabled or gone: then nothing of it works, as if it were disabled itself. */
  ownerDisabled?: true
  createdAt: number
  /** When staff looked at what registered itself, and let it be. It works before that; what its owner changes is looked at again. */
  reviewedAt?: number
  /** When it was last given a token, or one of its tokens was last accepted; exact to a minute. */
  lastUsedAt?: number
  /** Access tokens it was given so far, whether they have a row or not. */
  tokensIssued: number
  /** The line of the revocation log that last ended all that is this client's; where it was made, before any did. */
  epoch: number
  secrets: ClientSecret[]
  metadata: ClientMetadata
}

/** What is settled before it is stored; its number, epoch and counts come with its row. */
export type NewClient = Omit<Client, 'number' | 'epoch' | 'tokensIssued'>

/** Must this client use PKCE, where confidential ones without a choice of their own follow `standard`? */
export function pkceOf({ type, policy }: Pick<Client, 'type' | 'policy'>, standard: Policy['pkce']): Policy['pkce'] {
  if (type === 'public') return 'required'
  return policy.pkceChosen || policy.pkce === 'when-sent' ? policy.pkce : standard
}

/** A policy as the management API and the command line show it; `pkce` is what holds. */
export function policyFields(client: Pick<Client, 'type' | 'policy'>, standard: Policy['pkce']) {
  const { policy } = client
  return {
    access_token_seconds: policy.accessTokenSeconds,
    refresh_token_seconds: policy.refreshTokenSeconds,
    code_seconds: policy.codeSeconds,
    pkce: pkceOf(client, standard),
    pkce_chosen: policy.pkceChosen === true,
    out_of_band: policy.outOfBand,
    http_redirects: policy.httpRedirects,
    pushed_requests: policy.pushedRequests,
    consent: policy.consent,
    default_scopes: policy.defaultScopes === 'registered' ? null : policy.defaultScopes,
  }
}

/** May anything of this application work at this moment? */
export const mayAct = (client: Pick<Client, 'active' | 'ownerDisabled'>): boolean =>
  client.active && client.ownerDisabled === undefined

export type ClientSecret = { fingerprint: string; hint: string; createdAt: number; expiresAt?: number }

export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'
const OUT_OF_BAND_FORMS = [OUT_OF_BAND, `${OUT_OF_BAND}:auto`]
export const isOutOfBand = (uri: string): boolean => OUT_OF_BAND_FORMS.includes(uri)

/** An API that checks credentials here. Its client proves itself at introspection, verify and the feed. */
export type ResourceServer = {
  audience: string
  name: string
  clientId: string
  scopes: Scope[]
  tokenFormat: 'opaque' | 'jwt'
  /** A strict one refuses credentials that name no audience. */
  strictAudience: boolean
  /**
   * For APIs that refuse a token without an end: introspection reports this many seconds from now as the `exp` of
   * credentials that have none. They still work until they are revoked.
   */
  rollingExpSeconds?: number
  createdAt: number
}

/** A scope with words for the consent page. */
export type ScopeText = { scope: Scope; sentence: string; risk: 'low' | 'high' }
