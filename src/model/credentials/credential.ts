import type { GrantTypeName } from '../clients/client.ts'
import type { Acr, ClaimsRequest } from '../clients/openid.ts'
import type { Scope } from '../scopes/scope.ts'
import { DAY } from '../span.ts'

/**
 * The kinds of credentials, all in one table. `mark` is the part after `clv_` in the secret. `bearer` tells if a
 * guarded API can accept the kind, `native` if it is accepted when no dialect is named.
 */
export const KINDS = {
  'access-token': { mark: 'at', bearer: true, native: true, shown: 'access_token' },
  'api-key': { mark: 'key', bearer: true, native: true, shown: 'api_key' },
  'application-token': { mark: 'app', bearer: true, native: true, shown: 'application_token' },
  'user-token': { mark: 'usr', bearer: true, native: false, shown: 'user_token' },
  'token-pair': { mark: 'pair', bearer: true, native: false, shown: 'token_pair' },
  'refresh-token': { mark: 'rt', bearer: false, native: false, shown: 'refresh_token' },
  'authorization-code': { mark: 'code', bearer: false, native: false, shown: 'authorization_code' },
  session: { mark: 'ses', bearer: false, native: false, shown: 'session' },
  'pending-sign-in': { mark: 'psi', bearer: false, native: false, shown: 'pending_sign_in' },
  'consent-denial': { mark: 'no', bearer: false, native: false, shown: 'consent_denial' },
  'device-code': { mark: 'dev', bearer: false, native: false, shown: 'device_code' },
  'device-confirmation': { mark: 'dcf', bearer: false, native: false, shown: 'device_confirmation' },
  invitation: { mark: 'inv', bearer: false, native: false, shown: 'invitation' },
  'setup-link': { mark: 'setup', bearer: false, native: false, shown: 'setup_link' },
  'initial-access-token': { mark: 'iat', bearer: false, native: false, shown: 'initial_access_token' },
  'registration-token': { mark: 'reg', bearer: false, native: false, shown: 'registration_token' },
} as const satisfies Record<string, { mark: string; bearer: boolean; native: boolean; shown: string }>

export type CredentialKind = keyof typeof KINDS

const RENEWING: readonly CredentialKind[] = ['refresh-token', 'authorization-code']
/** Kinds that give access to an API, and kinds that are exchanged for those. A revocation without named kinds ends these. Sessions end only if named. */
export const OPENING_KINDS: readonly CredentialKind[] = (Object.keys(KINDS) as CredentialKind[]).filter(
  kind => KINDS[kind].bearer || RENEWING.includes(kind),
)

/** Keyed SHA-256 of a whole secret, 64 hex digits. Secrets themselves are not stored. */
export type Fingerprint = string

/** How and when a user authenticated (OpenID Connect Core section 2: `auth_time`, `amr` of RFC 8176). */
export type Authentication = { at: number; methods: readonly AuthenticationMethod[] }
export type AuthenticationMethod = 'pwd' | 'otp' | 'hwk'
/** The browser of a session, with its user agent at sign-in. */
export type Device = { userAgent?: string; ip?: string }

/** Remarks of the owner: a note for people, and metadata for programs. */
type Remarks = { note?: string; metadata?: Readonly<Record<string, string>> }

/** Limits of a key, and its predecessor and successor in a rotation. */
type KeyData = Remarks & {
  /** Networks (CIDR) from which the key may be used. */
  networks?: readonly string[]
  /** Ids of the credential that replaced this one, and of the credential that this one replaced. */
  successor?: string
  predecessor?: string
}
type NoData = Readonly<Record<never, never>>

/** The additional data of each kind. */
export type DataOf = {
  /** `networks`: those of the key from which the grant was made. */
  'access-token': { networks?: readonly string[] }
  'api-key': KeyData
  'application-token': KeyData
  'user-token': NoData
  /** `origin`: the system that derived the pair; absent if this server made it. */
  'token-pair': Remarks & { origin?: string }
  'refresh-token': NoData
  'authorization-code': {
    /** The redirect address, and whether the request contained it (RFC 6749 section 4.1.3). */
    redirectUri: string
    redirectUriSent: boolean
    /** S256 challenge (RFC 7636). */
    challenge?: string
    /** Allowed resource servers of the tokens (RFC 8707). */
    resources: readonly string[]
    /** The method and time of the sign-in of the user who consented. */
    authentication: Authentication
    /** Id of the key from which the grant was made. */
    parentId?: string
    /** The nonce of the request, which the id token repeats (OpenID Connect Core section 3.1.2.1). */
    nonce?: string
  }
  /** `provenAt`: the latest authentication of the user after the sign-in, if any. */
  session: {
    authentication: Authentication
    device: Device
    provenAt?: number
    /** Id of the first session, if the person signed in again in the same browser. */
    root?: string
  }
  /** A correct password that waits for a second factor in the browser with this mark. */
  'pending-sign-in': { browser: string }
  /** Replaces the code when the user refuses consent. */
  'consent-denial': NoData
  /**
   * A device code (RFC 8628), which is found by its user code. `interaction`: id of the waiting authorization request
   * that the user answers.
   */
  'device-code': {
    /** Fingerprint of the device code itself. */
    deviceCode: Fingerprint
    interaction: string
    /** Address of the device that asked. */
    ip?: string
    /** The requested lifetime of the grant. */
    grantSeconds?: number
  }
  /** The first browser in which the user code was entered. */
  'device-confirmation': { browser: string }
  invitation: { workspaceId: string }
  /** `first`: ends when the first admin exists. `another`: made for a further user. */
  'setup-link': { opensFor: 'first' | 'another' }
  /** Lets clients register themselves (RFC 7591 section 3). Its `scopes` limit the scopes of these clients. */
  'initial-access-token': {
    /** The number of clients that may still register with the token; absent: any number. */
    usesLeft?: number
    /** Grant types that its clients may have in addition to those of every client. */
    grantTypes: readonly GrantTypeName[]
  }
  /** A client uses this token to read, change and delete its own registration (RFC 7592). */
  'registration-token': NoData
}

type Base = {
  /** The first 24 hex digits of the fingerprint: public, stable, safe to log. */
  id: string
  fingerprint: Fingerprint
  /** Prefix and last four characters of the secret, for comparison by people. */
  hint: string
  name?: string
  grantId?: string
  /** Position of a refresh token in its family; each rotation adds one. */
  generation?: number
  clientId?: string
  userId?: string
  /** `undefined`: the credential has all rights of its owner at the time of use. */
  scopes?: Scope[]
  /** Resource servers that accept this credential; empty: each one that is not strict. */
  audience: string[]
  /** Milliseconds since 1970, like every time in the model. */
  createdAt: number
  expiresAt?: number
  revokedAt?: number
  /** When and by which actor (as named in the journal) the credential was disabled. */
  disabledAt?: number
  disabledBy?: string
  /** The time when a single-use credential was used, or when a key was replaced by rotation. */
  spentAt?: number
  lastUsedAt?: number
  /** The credential contains its own record (model/credentials/statement.ts) and has no row. */
  stated?: true
  /**
   * The epoch of the client when the credential was issued. Set for a stated credential that was presented or recalled.
   */
  clientEpoch?: number
}

/** A credential; the type of `data` follows from its kind. */
export type Credential<K extends CredentialKind = CredentialKind> = {
  [P in K]: Base & { kind: P; data: DataOf[P] }
}[K]

/** Narrows a credential of several kinds to one kind. */
export const isOfKind =
  <K extends CredentialKind>(kind: K) =>
  (credential: Credential): credential is Credential & Credential<K> =>
    credential.kind === kind

/** Ids of the successor and predecessor of a rotated key. */
export const rotationOf = ({ data }: Pick<Credential, 'data'>): { successor?: string; predecessor?: string } =>
  'successor' in data || 'predecessor' in data ? data : {}

/** The networks to which a credential is bound; `undefined`: every network. */
export const networksOf = ({ data }: Pick<Credential, 'data'>): readonly string[] | undefined =>
  'networks' in data ? data.networks : undefined

/** The note and metadata of a credential. */
export const remarksOf = ({ data }: Pick<Credential, 'data'>): Remarks =>
  'note' in data || 'metadata' in data ? data : {}

/** Data that a grant with the scope `openid` stores for its id tokens and userinfo. */
export type OpenidGrant = {
  authentication: Authentication
  claims?: ClaimsRequest
  /** The requested class that the sign-in met, if the request named any. */
  acr?: Acr
}

export type Grant = {
  id: string
  /** Id of the API key or application token from which the grant was made. The grant ends with this key. */
  parentId?: string
  userId?: string
  clientId: string
  scopes: Scope[]
  audience: string[]
  generation: number
  createdAt: number
  /** The time when the refresh token of the grant was last exchanged. */
  rotatedAt?: number
  /** The time when a code of this grant was redeemed; before that the grant gives no access. */
  activatedAt?: number
  revokedAt?: number
  /** Expiry of the whole refresh family; rotation does not extend it. */
  expiresAt?: number
  /** The latest expiry of all credentials issued from the grant; absent if one of them has no expiry. */
  endsAt?: number
  /** The number of issued access tokens, with and without rows. */
  tokensIssued: number
  /** The latest use of a token of the grant; exact to a minute. */
  lastUsedAt?: number
  /** Id of the session in which the grant was allowed, if the application runs in the same browser. */
  sessionId?: string
  openid?: OpenidGrant
}

/** The exchange of a refresh token also counts as use. */
export function usedAt({ lastUsedAt, rotatedAt }: Pick<Grant, 'lastUsedAt' | 'rotatedAt'>): number | undefined {
  const latest = Math.max(lastUsedAt ?? 0, rotatedAt ?? 0)
  return latest > 0 ? latest : undefined
}

/** The moment of expiry itself is not part of the lifetime. */
export const hasEnded = (expiresAt: number | undefined, now: number): boolean =>
  expiresAt !== undefined && expiresAt <= now

export type CredentialStatus = 'active' | 'revoked' | 'expired' | 'disabled' | 'spent'

export function statusOf(
  credential: Pick<Credential, 'revokedAt' | 'expiresAt' | 'disabledAt' | 'spentAt'>,
  now: number,
): CredentialStatus {
  // Revocation does not depend on the clock, which may be set back.
  if (credential.revokedAt !== undefined) return 'revoked'
  if (hasEnded(credential.expiresAt, now)) return 'expired'
  if (credential.disabledAt !== undefined) return 'disabled'
  return credential.spentAt === undefined ? 'active' : 'spent'
}

/** The number of days without use until a credential counts as unused, unless the request names another number. */
export const UNUSED_DAYS = 60
/** Tells if a credential was neither used nor created in so many days. Lists, badges, warnings and commands use this one rule. */
export const isUnusedFor = (
  days: number,
  { lastUsedAt, createdAt }: Pick<Credential, 'lastUsedAt' | 'createdAt'>,
  now: number,
): boolean => (lastUsedAt ?? createdAt) < now - days * DAY

/** The latest use of a credential: within 90 days, earlier, or never. */
export type CredentialUse = 'recent' | 'lapsed' | 'never'
export const USED_WITHIN = 90 * DAY
/** Starts of the age bands, in days. */
export const AGE_BANDS = [0, 7, 30, 90, 180, 365] as const
