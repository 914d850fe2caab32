import type { Passwords } from '../crypto/passwords.ts'
import type { Signer } from '../crypto/signer.ts'
import type { Vault } from '../crypto/vault.ts'
import type { Policy } from '../model/client.ts'
import type { Scope } from '../model/scope.ts'
import type { CredentialFamily } from '../model/verdict.ts'
import type { Health } from '../ports/health.ts'
import type { Stores } from '../ports/stores.ts'
import type { Finder } from './check/finder.ts'
import type { CachedLookups } from './services/cached-lookups.ts'
import type { ClientKeySets } from './services/client-key-sets.ts'
import type { DevicePolls } from './services/device-polls.ts'
import type { EndedStatements } from './services/ended-statements.ts'
import type { OpenFeeds } from './services/open-feeds.ts'
import type { Recorder } from './services/recorder.ts'
import type { StatementKeys } from './services/statement-keys.ts'
import type { Throttle } from './services/throttle.ts'
import type { Warnings } from './services/warnings.ts'

/** Everything a decision may need; each one picks its part in its last lines (`type Needs = Pick<World, ...>`). */
export type World = Stores & {
  /** Milliseconds since the epoch. */
  now(): number
  vault: Vault
  passwords: Passwords
  signer: Signer
  /** Access tokens without a row: sealed and opened. */
  statements: StatementKeys
  /** And which of them were ended before their time. */
  ended: EndedStatements
  /** Ways in which a presented text stands for a credential, in the order in which the check asks them. */
  finders: readonly Finder[]
  /** Cached look-ups that follow the revocation log. */
  lookups: CachedLookups
  /** Records refusals and use without delaying a request. */
  recorder: Recorder
  throttle: Throttle
  devicePolls: DevicePolls
  clientKeys: ClientKeySets
  /** Streams of the revocation feed that are open here. */
  feeds: OpenFeeds
  /** Tells the operator, in the log, what should be mended. */
  warnings: Warnings
  /** Whether this process is fit to take requests. */
  health: Health
  rules: Rules
  installation: Installation
}

/** What runs here, for those who look after it. */
export type Installation = {
  database: 'sqlite' | 'postgres'
  startedAt: number
  /** Milliseconds; not the difference of two times, which a clock that is set changes. */
  runningFor(): number
  /** Every setting in force; secrets without their value. */
  settings: readonly SettingFact[]
}
export type SettingFact = {
  name: string
  variable: string
  value?: string
  origin: 'flag' | 'environment' | 'file' | 'default'
  secret: boolean
  sentence: string
}

/** What the operator settled for the whole installation. */
export type Rules = {
  /** The issuer: public address without a trailing slash (RFC 8414 section 2). */
  issuer: string
  /** Of this server, for those who ask what they talk to. */
  version: string
  production: boolean
  registration: 'open' | 'invite' | 'closed'
  staffSecondFactor: 'required' | 'optional'
  passwordMinLength: number
  /** The policy a new client gets unless its dialect says otherwise. */
  policy: Policy
  /** What may follow the issuer in the audience of a client assertion: nothing, or the path of an endpoint (RFC 7523 section 3). */
  assertionPaths: readonly string[]
  /** Of confidential clients without a choice of their own. */
  confidentialPkce: Policy['pkce']
  /** `required`: of every client (RFC 9126 section 5). */
  pushedRequests: Policy['pushedRequests']
  /** How long a repeated refresh is answered with the same pair, in milliseconds. */
  refreshReplayMilliseconds: number
  /** How issues of tokens without a row stand in the journal that nothing else is written with. */
  journalIssues: 'gathered' | 'each'
  sessionSeconds: number
  /** How pages call and colour themselves. */
  brand: { name: string; color: string }
  userTokenSeconds: number
  /** Whole days a user/token pair is good for after the day of its issue. */
  pairDays: number
  dialects: readonly CredentialFamily[]
  /** Which scopes may be stored: those that are declared, or any. */
  scopes: 'declared' | 'free'
  /** Scopes of the dialects that are on, besides those the operator described. */
  knownScopes: readonly Scope[]
  /** Dialects whose end the operator announces. Times in milliseconds. */
  sunsets: Partial<Record<CredentialFamily, { deprecatedAt?: number; sunsetAt: number }>>
  /** Networks (CIDR) of the proxies in front; their word about the caller's address counts. */
  trustedProxies: readonly string[]
  /** Query parameter in which an API key may stand; absent: never in the address. */
  apiKeyParameter?: string
  /** `false` lifts throttles; refused in production. */
  limits: boolean
}
