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
  'pending-sign-in': { mark: 'psi', bearer: false, native: false, shown: 'pending_sign_in' },
  'consent-denial': { mark: 'no', bearer: false, native: false, shown: 'consent_denial' },
  'device-code': { mark: 'dev', bearer: false, native: false, shown: 'device_code' },
  'device-confirmation': { mark: 'dcf', bearer: false, native: false, shown: 'device_confirmation' },
  invitation: { mark: 'inv', bearer: false, native: false, shown: 'invitation' },
  'setup-link': { mark: 'setup', bearer: false, native: false, shown: 'setup_link' },
} as const satisfies Record<string, { mark: string; bearer: boolean; native: boolean; shown: string }>

export type CredentialKind = keyof typeof KINDS

const RENEWING: readonly CredentialKind[] = ['refresh-token', 'authorization-code']
/** All that opens an API, and what turns into such: what ends where no kinds are named. Sessions are ended by name. */
export const OPENING_KINDS: readonly CredentialKind[] = (Object.keys(KINDS) as CredentialKind[]).filter(
  kind => KINDS[kind].bearer || RENEWING.includes(kind),
)

/** SHA-256 based fingerprint of a whole secret, 64 hex digits. Secrets themselves are never stored. */
export type Fingerprint = string

/** How and when a person proved who they are (OpenID Connect Core section 2: `auth_time`, `amr` by RFC 8176). */
export type Authentication = { at: number; methods: readonly AuthenticationMethod[] }
export type AuthenticationMethod = 'pwd' | 'otp' | 'hwk'
/** The browser of a session, as it called itself when it signed in. */
export type Device = { userAgent?: string; ip?: string }

/** What its owner wrote down beside it: where it is kept, and facts for programs. */
type Remarks = { note?: string; metadata?: Readonly<Record<string, string>> }

/** Limits of a key, and its neighbours in a rotation. */
type KeyData = Remarks & {
  /** Networks (CIDR) from which it may be used. */
  networks?: readonly string[]
  /** Ids of the credential that replaced this one, and of the one that it replaced. */
  successor?: string
  predecessor?: string
}
type NoData = Readonly<Record<never, never>>

/** What each kind carries beside what all carry. */
export type DataOf = {
  'access-token': NoData
  'api-key': KeyData
  'application-token': KeyData
  'user-token': NoData
  /** `origin`: the system that derived it, if it was not made here. */
  'token-pair': Remarks & { origin?: string }
  'refresh-token': NoData
  'authorization-code': {
    /** Where it was sent, and whether the request named that address itself (RFC 6749 section 4.1.3). */
    redirectUri: string
    redirectUriSent: boolean
    /** S256 challenge (RFC 7636). */
    challenge?: string
    /** Resource servers the tokens may be for (RFC 8707). */
    resources: readonly string[]
    /** When and how the person who allowed it had signed in. */
    authentication: Authentication
  }
  /** `provenAt`: when its person last proved who they are, where that was after the sign-in. */
  session: { authentication: Authentication; device: Device; provenAt?: number }
  /** A right password that waits for a second factor in the browser with this mark. */
  'pending-sign-in': { browser: string }
  /** Stands in the place of the code that a refused consent request would have got. */
  'consent-denial': NoData
  /** Found by its user code (RFC 8628). `interaction`: id of the waiting request that answers it. */
  'device-code': {
    /** Fingerprint of the device code itself. */
    deviceCode: Fingerprint
    interaction: string
    /** Where the program asked from. */
    ip?: string
    /** How long the access should last. */
    grantSeconds?: number
  }
  /** The browser in which a user code was entered first. */
  'device-confirmation': { browser: string }
  invitation: { workspaceId: string }
  /** `first` ends with the first admin; `another` is made on purpose. */
  'setup-link': { opensFor: 'first' | 'another' }
}

type Base = {
  /** The first 24 hex digits of the fingerprint: public, stable, safe to log. */
  id: string
  fingerprint: Fingerprint
  /** Prefix and last four characters of the secret, for people who compare. */
  hint: string
  name?: string
  grantId?: string
  /** Place of a refresh token in its family; counts up by one at each rotation. */
  generation?: number
  clientId?: string
  userId?: string
  /** `undefined`: carries all that its owner may do, judged at use. */
  scopes?: Scope[]
  /** Resource servers this is good for; empty means every one that is not strict. */
  audience: string[]
  /** Milliseconds since the epoch, like every time in the model. */
  createdAt: number
  expiresAt?: number
  revokedAt?: number
  /** Stopped until it is enabled again, and by whom (an actor as the journal names it). */
  disabledAt?: number
  disabledBy?: string
  /** When a single-use credential was used, or a rotated one replaced. */
  spentAt?: number
  lastUsedAt?: number
  /** It carries its own record (model/statement.ts) and has no row. */
  stated?: true
}

/** A credential is data by its kind: where the kind is known, so is what it carries. */
export type Credential<K extends CredentialKind = CredentialKind> = {
  [P in K]: Base & { kind: P; data: DataOf[P] }
}[K]

/** Tells one kind from the others, where a list holds several. */
export const isOfKind =
  <K extends CredentialKind>(kind: K) =>
  (credential: Credential): credential is Credential & Credential<K> =>
    credential.kind === kind

/** What replaced a key, and what it replaced. */
export const rotationOf = ({ data }: Pick<Credential, 'data'>): { successor?: string; predecessor?: string } =>
  'successor' in data || 'predecessor' in data ? data : {}

/** The networks a credential is bound to; absent: every network. */
export const networksOf = ({ data }: Pick<Credential, 'data'>): readonly string[] | undefined =>
  'networks' in data ? data.networks : undefined

/** What was written down beside a credential. */
export const remarksOf = ({ data }: Pick<Credential, 'data'>): Remarks =>
  'note' in data || 'metadata' in data ? data : {}

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
  /** When the last of what was issued from it ends; absent: something of it has no end. */
  endsAt?: number
  /** Access tokens, rows and statements. */
  tokensIssued: number
  /** A token of it was accepted; to the minute. */
  lastUsedAt?: number
}

/** An exchange of its refresh token is use, too. */
export function usedAt({ lastUsedAt, rotatedAt }: Pick<Grant, 'lastUsedAt' | 'rotatedAt'>): number | undefined {
  const latest = Math.max(lastUsedAt ?? 0, rotatedAt ?? 0)
  return latest > 0 ? latest : undefined
}

/** The last moment is not part of its life. */
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

/** So many days without use make a credential unused, where a person has not chosen another number. */
export const UNUSED_DAYS = 60
/** Unused for so many days: in that time it was neither used nor made. One meaning for lists, badges, warnings and commands. */
export const isUnusedFor = (
  days: number,
  { lastUsedAt, createdAt }: Pick<Credential, 'lastUsedAt' | 'createdAt'>,
  now: number,
): boolean => (lastUsedAt ?? createdAt) < now - days * DAY

/** How lately a credential was used: within 90 days, before that, or not at all. */
export type CredentialUse = 'recent' | 'lapsed' | 'never'
export const USED_WITHIN = 90 * DAY
/** Where bands of age begin, in days. */
export const AGE_BANDS = [0, 7, 30, 90, 180, 365] as const
