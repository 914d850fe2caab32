import type { Passwords } from '../crypto/passwords.ts'
import type { Signer } from '../crypto/signer.ts'
import type { Vault } from '../crypto/vault.ts'
import type { Policy } from '../model/clients/client.ts'
import type { DocumentPolicy } from '../model/clients/client-document.ts'
import type { CredentialFamily } from '../model/credentials/verdict.ts'
import type { Scope } from '../model/scopes/scope.ts'
import type { Fetcher } from '../ports/fetcher.ts'
import type { Health } from '../ports/health.ts'
import type { Stores } from '../ports/stores.ts'
import type { Finder } from './check/finder.ts'
import type { ClientFiles } from './openid/client-files.ts'
import type { CachedLookups } from './services/cached-lookups.ts'
import type { ClientKeySets } from './services/client-key-sets.ts'
import type { ClientLogos } from './services/client-logos.ts'
import type { DevicePolls } from './services/device-polls.ts'
import type { DocumentReader } from './services/document-reader.ts'
import type { EndedStatements } from './services/ended-statements.ts'
import type { OpenFeeds } from './services/open-feeds.ts'
import type { Recorder } from './services/recorder.ts'
import type { StatementKeys } from './services/statement-keys.ts'
import type { Throttle } from './services/throttle.ts'
import type { Warnings } from './services/warnings.ts'

/** All services and stores. Each decision declares its part at the end of its file (`type Needs = Pick<World, ...>`). */
export type World = Stores & {
  /** Milliseconds since the epoch. */
  now(): number
  vault: Vault
  passwords: Passwords
  signer: Signer
  /** Seals and opens access tokens without a row. */
  statements: StatementKeys
  /** Knows which of these tokens were ended. */
  ended: EndedStatements
  /** The finders, in the order in which the check asks them. */
  finders: readonly Finder[]
  /** Cached look-ups that follow the revocation log. */
  lookups: CachedLookups
  /** Records refusals and use without delaying a request. */
  recorder: Recorder
  throttle: Throttle
  devicePolls: DevicePolls
  clientKeys: ClientKeySets
  clientFiles: ClientFiles
  clientLogos: ClientLogos
  documentReader: DocumentReader
  fetcher: Fetcher
  /** The open streams of the revocation feed in this process. */
  feeds: OpenFeeds
  /** Writes warnings for the operator to the log. */
  warnings: Warnings
  /** Says whether this process can take requests. */
  health: Health
  rules: Rules
  installation: Installation
}

/** Facts about this server for its operators. */
export type Installation = {
  database: 'sqlite' | 'postgres'
  startedAt: number
  /** The time of a monotonic clock in milliseconds, which a change of the system time does not affect. */
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

/** Settings of the operator for the whole installation. */
export type Rules = {
  /** The issuer: public address without a trailing slash (RFC 8414 section 2). */
  issuer: string
  /** The version of this server. */
  version: string
  production: boolean
  registration: 'open' | 'invite' | 'closed'
  /** Which clients may register themselves (RFC 7591): all, those with an initial access token, or none. */
  clientRegistration: 'open' | 'token' | 'closed'
  /** Which clients may use the device grant: those that staff registered for it, or all. */
  deviceClients: 'listed' | 'all'
  staffSecondFactor: 'required' | 'optional'
  passwordMinLength: number
  /** The default policy of a new client, unless its dialect sets another. */
  policy: Policy
  /**
   * The parts that may follow the issuer in the audience of a client assertion: nothing, or the path of an endpoint (RFC 7523
   * section 3).
   */
  assertionPaths: readonly string[]
  /** The PKCE rule for confidential clients without their own value. */
  confidentialPkce: Policy['pkce']
  /** `required`: for every client (RFC 9126 section 5). */
  pushedRequests: Policy['pushedRequests']
  /** The hosts from which metadata documents of clients are read. */
  clientDocuments: DocumentPolicy
  /** How long a repeated refresh gets the same pair, in milliseconds. */
  refreshReplayMilliseconds: number
  /** How the journal records issues of tokens without a row: combined per minute, or one by one. */
  journalIssues: 'gathered' | 'each'
  sessionSeconds: number
  /** Whether OpenID Connect is served. */
  openid: boolean
  idTokenSeconds: number
  /** Name and colour on pages. */
  brand: { name: string; color: string }
  userTokenSeconds: number
  /** How long a token pair is valid, in whole days after the day of issue. */
  pairDays: number
  dialects: readonly CredentialFamily[]
  /** Which scopes may be stored: declared ones only, or any. */
  scopes: 'declared' | 'free'
  /** Scopes of the enabled dialects, in addition to those that the operator described. */
  knownScopes: readonly Scope[]
  /** Dialects whose end the operator announces. Times in milliseconds. */
  sunsets: Partial<Record<CredentialFamily, { deprecatedAt?: number; sunsetAt: number }>>
  /** Networks (CIDR) of the proxies in front, whose forwarded addresses are trusted. */
  trustedProxies: readonly string[]
  /** Query parameter for an API key; absent if keys in the query are not allowed. */
  apiKeyParameter?: string
  /** `false` disables throttles; refused in production. */
  limits: boolean
}
