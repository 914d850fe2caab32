import { intersect, notCovered, type Scope } from '../scopes/scope.ts'
import { isHighRisk } from '../users/user.ts'
import type { ClientMetadata } from './client-metadata.ts'
import { OPENID_SCOPES } from './openid.ts'

/** The values of `grant_type` in requests: RFC 6749 sections 1.3 and 6, RFC 8628 section 3.4. */
export const GRANT_TYPES = [
  'authorization_code',
  'client_credentials',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const
export type GrantTypeName = (typeof GRANT_TYPES)[number]

/** Differences between clients are stored as data of each client, so that no code needs to know the dialect that registered the client. */
export type Policy = {
  /** `null`: until revoked. */
  accessTokenSeconds: number | null
  refreshTokenSeconds: number
  codeSeconds: number
  /** Tells if a confidential client must send a PKCE challenge. A public client always must. A challenge that is sent is always checked. */
  pkce: 'required' | 'when-sent'
  /** True if `pkce` was chosen for this client. Otherwise the setting of the server replaces `required`. */
  pkceChosen?: true
  outOfBand: 'allowed' | 'refused'
  /** Redirect addresses with plain http on another machine: none, only those in a private network, or any. Loopback addresses are always allowed. */
  httpRedirects: 'loopback' | 'private' | 'allowed'
  /** `required`: the client must push its authorization requests (RFC 9126 section 6). `optional`: the setting of the server applies. */
  pushedRequests: 'required' | 'optional'
  /** `remember`: no second consent for the same user, client and scopes (only if the client can authenticate). */
  consent: 'always' | 'remember'
  /** Scopes of a request that names no scopes. */
  defaultScopes: Scope[] | 'registered'
  /**
   * `unreserved`: the client registered itself without scopes. It may ask people for every scope that is not reserved
   * for administrators.
   */
  allowedScopes: 'registered' | 'unreserved'
}

export const CLIENT_SOURCES = ['operator', 'portal', 'mastodon', 'dynamic', 'resource-server', 'document'] as const
export type ClientSource = (typeof CLIENT_SOURCES)[number]

export type Client = {
  id: string
  /** The number of the client, for older systems that number their applications. */
  number: number
  name: string
  website?: string
  redirectUris: string[]
  grantTypes: GrantTypeName[]
  scopes: Scope[]
  /** RFC 6749 section 2.1: a public client cannot keep a secret, so it has none. */
  type: 'confidential' | 'public'
  ownerId?: string
  policy: Policy
  source: ClientSource
  active: boolean
  /** True while the owner is disabled or deleted; the client then counts as disabled. */
  ownerDisabled?: true
  createdAt: number
  /** The time when staff accepted a self-registered client. The client works before that; a change by its owner requires a new review. */
  reviewedAt?: number
  /** The time of the latest change that the client itself made to its name, redirect addresses or keys. Consent given before is not remembered. */
  identityChangedAt?: number
  /** The latest time at which the client got a token or one of its tokens was accepted; exact to a minute. */
  lastUsedAt?: number
  /** The number of access tokens issued to this client, with and without rows. */
  tokensIssued: number
  /** The number of the revocation log line that last ended everything of this client; initially the line at its creation. */
  epoch: number
  secrets: ClientSecret[]
  metadata: ClientMetadata
  /** The origin of a client that registered itself (RFC 7591); absent for other clients. */
  origin?: ClientOrigin
}

/** How a client registered itself. Networks are CIDR blocks. */
export type ClientOrigin = {
  /** One IPv4 address, or an IPv6 block of the size that one household has. */
  network: string
  /** The wider block around `network`, in which one party can often choose its addresses. */
  area: string
  /** Id of the initial access token that the client presented. */
  tokenId?: string
  /**
   * Digest of the whole registration, by which an equal registration finds this client. Absent if the client cannot be
   * shared.
   */
  digest?: string
}

/** A client before it is stored; the database adds number, epoch and counts. */
export type NewClient = Omit<Client, 'number' | 'epoch' | 'tokensIssued'>

/**
 * The scopes that the client may ask for. A client without registered scopes may still ask for those of OpenID Connect.
 */
export const mayAskFor = ({ scopes }: Pick<Client, 'scopes'>): readonly Scope[] =>
  scopes.length === 0 ? OPENID_SCOPES : scopes

/** Returns the PKCE rule of this client. `standard` applies to confidential clients without an own choice. */
export function pkceOf({ type, policy }: Pick<Client, 'type' | 'policy'>, standard: Policy['pkce']): Policy['pkce'] {
  if (type === 'public') return 'required'
  return policy.pkceChosen || policy.pkce === 'when-sent' ? policy.pkce : standard
}

/** Limits scopes to those that this client may have. If one scope covers the other, the narrower one remains. */
export const withinAllowed = (
  { scopes, policy }: Pick<Client, 'scopes' | 'policy'>,
  asked: readonly Scope[],
): Scope[] =>
  policy.allowedScopes === 'unreserved'
    ? asked.filter(scope => !isHighRisk(scope))
    : intersect(asked, mayAskFor({ scopes }))

/** Returns the scopes that this client may not have. */
export const beyondAllowed = (
  { scopes, policy }: Pick<Client, 'scopes' | 'policy'>,
  asked: readonly Scope[],
): Scope[] =>
  policy.allowedScopes === 'unreserved' ? asked.filter(isHighRisk) : notCovered(mayAskFor({ scopes }), asked)

/** The policy as the management API and the command line show it; `pkce` is the effective value. */
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
    allowed_scopes: policy.allowedScopes,
  }
}

/** True if no person of this installation registered the client. */
export const cameByItself = ({ source }: Pick<Client, 'source'>): boolean =>
  source === 'dynamic' || source === 'document'

/** Tells if this application may do anything at the moment. */
export const mayAct = (client: Pick<Client, 'active' | 'ownerDisabled'>): boolean =>
  client.active && client.ownerDisabled === undefined

export type ClientSecret = { fingerprint: string; hint: string; createdAt: number; expiresAt?: number }

export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'
const OUT_OF_BAND_FORMS = [OUT_OF_BAND, `${OUT_OF_BAND}:auto`]
export const isOutOfBand = (uri: string): boolean => OUT_OF_BAND_FORMS.includes(uri)

/** An API that checks credentials at this server. Its client authenticates at introspection, verify and the feed. */
export type ResourceServer = {
  audience: string
  name: string
  clientId: string
  scopes: Scope[]
  tokenFormat: 'opaque' | 'jwt'
  /** A strict API refuses credentials without an audience. */
  strictAudience: boolean
  /** A person may present one of its keys instead of a sign-in, if an application asks for access to this API alone. */
  keyConsent?: true
  /**
   * The number of seconds after which introspection reports the expiry of a credential without one, for APIs that
   * refuse such credentials. The credential still works until it is revoked.
   */
  rollingExpSeconds?: number
  createdAt: number
}

/** A scope with its sentence for the consent page. */
export type ScopeText = { scope: Scope; sentence: string; risk: 'low' | 'high' }
