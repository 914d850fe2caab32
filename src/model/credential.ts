import type { Scope } from './scope.ts'
import { DAY } from './span.ts'

/**
 * The kinds of the one table of credentials. `mark` is the part after `clv_` in the secret, `bearer` says whether a
 * guarded API may ever accept it, and `native` whether it is accepted where no dialect is named.
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
  interaction: { mark: 'int', bearer: false, native: false, shown: 'interaction' },
  invitation: { mark: 'inv', bearer: false, native: false, shown: 'invitation' },
  'setup-link': { mark: 'setup', bearer: false, native: false, shown: 'setup_link' },
} as const satisfies Record<string, { mark: string; bearer: boolean; native: boolean; shown: string }>

export type CredentialKind = keyof typeof KINDS

/** SHA-256 based fingerprint of a whole secret, 64 hex digits. Secrets themselves are never stored. */
export type Fingerprint = string

export type Credential = {
  /** The first 24 hex digits of the fingerprint: public, stable, safe to log. */
  id: string
  fingerprint: Fingerprint
  kind: CredentialKind
  /** Prefix and last four characters of the secret, for people who compare. */
  hint: string
  name?: string
  grantId?: string
  /** Place of a refresh token in its family; counts up by one at each rotation. */
  generation?: number
  clientId?: string
  userId?: string
  /** `undefined`: carries whatever its owner may do, judged at use. */
  scopes?: Scope[]
  /** Resource servers this is good for; empty means every one that is not strict. */
  audience: string[]
  /** Milliseconds since the epoch, like every time in the model. */
  createdAt: number
  expiresAt?: number
  revokedAt?: number
  /** When a single-use credential was used, or a rotated one replaced. */
  spentAt?: number
  lastUsedAt?: number
  data: CredentialData
}

/** What only some kinds carry. */
export type CredentialData = {
  /** authorization-code: where it was sent and which challenge must be met. */
  redirectUri?: string
  redirectUriSent?: boolean
  challenge?: string
  resource?: string[]
  /** Networks (CIDR) from which it may be used. */
  networks?: string[]
  /** rotated keys and tokens: id of the credential that replaced this one, or that this one replaced. */
  successor?: string
  predecessor?: string
  /** session: when and how the person proved who they are. */
  authenticatedAt?: number
  userAgent?: string
  ip?: string
  /** interaction: the browser that started it. */
  browser?: string
  /** token-pair: where it came from, if not from here. */
  note?: string
  /** invitation: the workspace it opens. */
  workspaceId?: string
}

export type Grant = {
  id: string
  userId?: string
  clientId: string
  scopes: Scope[]
  audience: string[]
  generation: number
  createdAt: number
  /** When its refresh token was last exchanged. */
  rotatedAt?: number
  /** Set when a code of this grant was redeemed; before that nothing has access. */
  activatedAt?: number
  revokedAt?: number
  /** End of the whole refresh family, however often it rotates. */
  expiresAt?: number
}

/** The last moment is not part of its life. */
export const hasEnded = (expiresAt: number | undefined, now: number): boolean =>
  expiresAt !== undefined && expiresAt <= now

export type CredentialStatus = 'active' | 'revoked' | 'expired' | 'spent'

export function statusOf(
  credential: Pick<Credential, 'revokedAt' | 'expiresAt' | 'spentAt'>,
  now: number,
): CredentialStatus {
  // Whatever the clock says: what was revoked stays so, also when the clock has been set back since.
  if (credential.revokedAt !== undefined) return 'revoked'
  if (hasEnded(credential.expiresAt, now)) return 'expired'
  return credential.spentAt === undefined ? 'active' : 'spent'
}

/** How lately a credential was used: within 90 days, before that, or not at all. */
export type CredentialUse = 'recent' | 'lapsed' | 'never'
export const USED_WITHIN = 90 * DAY
/** Where bands of age begin, in days. */
export const AGE_BANDS = [0, 7, 30, 90, 180, 365] as const
