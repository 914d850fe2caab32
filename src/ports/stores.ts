import type { Client, NewClient, ResourceServer, ScopeText } from '../model/client.ts'
import type { Credential, CredentialKind, CredentialUse, Fingerprint, Grant } from '../model/credential.ts'
import type { JournalEntry, Revocation, StoredJournalEntry } from '../model/journal.ts'
import type { SigningAlgorithm } from '../model/signing-algorithm.ts'
import type { User } from '../model/user.ts'
import type { LogPlace } from '../model/validity.ts'
import type { AssertionStore } from './assertions.ts'
import type { AttemptStore, FamiliarStore } from './attempts.ts'
import type { AuthenticatorStore } from './authenticators.ts'
import type { CredentialChange, Replacement, Rotation, RotationOutcome, Spend } from './credential-changes.ts'
import type { GateStore } from './gates.ts'
import type { Page, PageAsk } from './paging.ts'
import type { RetentionStore } from './retention.ts'
import type { RevocationFilter } from './revocation-filter.ts'
import type { EndedStatementStore, StatementKeyStore } from './statements.ts'
import type { StatisticsStore } from './statistics.ts'
import type { UsageStore } from './usage.ts'
import type { UserStore, UserVersion } from './users.ts'
import type { ViewStore } from './views.ts'
import type { WorkspaceStore } from './workspaces.ts'

/*
 * What the core needs to remember, named by intent. Every verb that changes something is one transaction and takes the
 * journal entry that belongs to it: a change without its entry cannot commit. A verb that takes power away appends to
 * the revocation log in that same transaction. A promise that resolved means: durable.
 */

/** Everything the one check needs, from one look-up. */
export type CredentialFacts = GrantFacts & {
  credential: Credential
  /** Of one without a row: it was ended alone, or with all that its client had. */
  ended?: 'by-itself' | 'with-its-client'
}
/** A grant with those it is between, as far as they are still there. */
export type GrantFacts = { grant?: Grant; user?: User; client?: Client }

export type CredentialFilter = {
  userId?: string
  clientId?: string
  grantId?: string
  kinds?: readonly CredentialKind[]
  /** `live`: neither revoked nor expired, disabled or not; the others as they are shown. */
  status?: 'live' | 'ended' | 'active' | 'disabled' | 'revoked' | 'expired' | 'rotating' | 'expires-soon' | 'unused'
  /** Part of the name, in any letter case, or the start of the id. Only what has a name is looked through. */
  search?: string
  expiresBefore?: number
  expiresAfter?: number
  createdBefore?: number
  createdAfter?: number
  use?: CredentialUse
  /** Neither used nor made after this time; with the status `unused` instead of the usual number of days. */
  unusedSince?: number
  /** `people`: what was given a name; `protocol`: what sign-ins and exchanges leave behind. */
  madeBy?: 'people' | 'protocol'
  /** In which order, of what people made and is not revoked; the usual order, by the time of making, goes with every filter. */
  sortedBy?: 'last-use' | 'end'
  /** May do something at this API: it names it or needs not, and carries one of its scopes, or all that its owner may do. */
  api?: ApiScope
}

/** An API as far as lists of what may use it are concerned. */
export type ApiScope = Pick<ResourceServer, 'audience' | 'strictAudience' | 'scopes'>

export type CredentialStore = {
  /** By the fingerprint of the whole secret. Look-ups of one turn of the event loop become one statement. */
  facts(fingerprint: Fingerprint): Promise<CredentialFacts | undefined>
  /** Of this kind; one of another kind is not found. */
  find<K extends CredentialKind>(kind: K, fingerprint: Fingerprint): Promise<Credential<K> | undefined>
  /** Of any kind. */
  findAny(fingerprint: Fingerprint): Promise<Credential | undefined>
  byId(id: string): Promise<Credential | undefined>
  /** Those of these ids that are kept. */
  byIds(ids: readonly string[]): Promise<Credential[]>
  list(filter: CredentialFilter, page: PageAsk): Promise<Page<Credential>>
  /** The cursor with which a list goes on after this one. */
  cursorAfter(credential: Pick<Credential, 'createdAt' | 'fingerprint'>): string
  /** Durable when it resolves; concurrent issues share one commit. */
  issue(credentials: readonly Credential[], entry: JournalEntry): Promise<void>
  /** Issues to a user as they were when it was decided: not if all that is theirs was ended since, or they are disabled. */
  issueTo(
    userVersion: UserVersion,
    credentials: readonly Credential[],
    entry: JournalEntry,
  ): Promise<'issued' | 'outdated'>
  /** Spends a single-use credential and stores what came of it; one winner, decided by the database. */
  redeem(spend: Spend, entry: JournalEntry): Promise<'redeemed' | 'spent'>
  /** Turns a refresh family one step further; see `Rotation`. */
  rotate(rotation: Rotation, entry: JournalEntry): Promise<RotationOutcome>
  /** Issues beside the step that a refresh family took last; not once it has gone on or ended. */
  issueBeside(
    step: { grantId: string; generation: number },
    credentials: readonly Credential[],
    entry: JournalEntry,
  ): Promise<'issued' | 'gone'>
  /** Replaces a key by a new one; the old one lives until `overlapEndsAt`. */
  replace(replacement: Replacement, entry: JournalEntry): Promise<'replaced' | 'gone'>
  /** Keeps what a session says of its sign-in and of its last proof; false when it has ended meanwhile. */
  prove(session: Credential<'session'>, entry: JournalEntry): Promise<boolean>
  /**
   * Changes one that is not revoked and still as it was when the change was decided: what another changed at the same moment
   * is not undone unseen.
   */
  change(before: Credential, change: CredentialChange, entry: JournalEntry): Promise<Credential | 'outdated'>
  revoke(id: string, entry: JournalEntry): Promise<number>
  /** Ends the grant itself, so that nothing in flight can revive it, and all that came of it. Returns how many died. */
  revokeGrant(grantId: string, entry: JournalEntry): Promise<number>
  revokeAll(of: RevocationFilter, entry: JournalEntry): Promise<number>
  /** Ends every grant and credential. Every follower of the log then drops its cache, also one that had not read the latest lines. */
  revokeEverything(entry: JournalEntry): Promise<number>
  /** Stores a credential unless one with this secret is known already. */
  adopt(credential: Credential, entry: JournalEntry): Promise<void>
}

export type GrantStore = {
  /** With its user and its client. Look-ups of one turn of the event loop become one statement. */
  facts(id: string): Promise<GrantFacts | undefined>
  byId(id: string): Promise<Grant | undefined>
  /** Grants of a user that are alive and in use, newest first. */
  ofUser(userId: string): Promise<Grant[]>
  /** Of a client, the newest 200. */
  ofClient(clientId: string): Promise<Grant[]>
  /** Makes a grant together with the code that will activate it, for a user as they were when it was decided; once for each code. */
  open(
    grant: Grant,
    code: Credential,
    entry: JournalEntry,
    userVersion?: UserVersion,
  ): Promise<'opened' | 'outdated' | 'taken'>
}

/** `waiting`: registered themselves, and not reviewed by staff yet. */
export type ClientFilter = { ownerId?: string; search?: string; review?: 'waiting'; api?: ApiScope } & Partial<
  Pick<Client, 'source' | 'type'>
>
export type ClientStore = {
  create(client: NewClient, entry: JournalEntry): Promise<Client>
  byId(id: string): Promise<Client | undefined>
  /** Those of these ids that exist, without their secrets. */
  byIds(ids: readonly string[]): Promise<Client[]>
  byNumber(number: number): Promise<Client | undefined>
  list(filter: ClientFilter, page: PageAsk): Promise<Page<Client>>
  cursorAfter(client: Pick<Client, 'number'>): string
  change(id: string, change: ClientChange, entry: JournalEntry): Promise<Client | undefined>
  /** Removes the client; every credential of it dies in the same transaction. */
  delete(id: string, entry: JournalEntry): Promise<boolean>
  addSecret(
    id: string,
    secret: Client['secrets'][number],
    othersEndAt: number | undefined,
    entry: JournalEntry,
  ): Promise<boolean>
}
export type ClientChange = Partial<
  Pick<Client, 'name' | 'redirectUris' | 'grantTypes' | 'scopes' | 'policy' | 'active' | 'metadata'> & {
    website: string | null
    /** Its new owner, who must be there and active when this is stored. */
    ownerId: string
    reviewedAt: number | null
  }
>

/** `null`: takes it away. */
export type ResourceChange = Partial<Pick<ResourceServer, 'name' | 'scopes' | 'tokenFormat' | 'strictAudience'>> & {
  rollingExpSeconds?: number | null
}

export type ResourceStore = {
  create(resource: ResourceServer, client: NewClient, entry: JournalEntry): Promise<'created' | 'name-taken'>
  byAudience(audience: string): Promise<ResourceServer | undefined>
  byClient(clientId: string): Promise<ResourceServer | undefined>
  list(): Promise<ResourceServer[]>
  change(audience: string, change: ResourceChange, entry: JournalEntry): Promise<ResourceServer | undefined>
  delete(audience: string, entry: JournalEntry): Promise<boolean>
}

export type ScopeStore = {
  list(): Promise<ScopeText[]>
  put(scope: ScopeText, entry: JournalEntry): Promise<void>
  delete(scope: string, entry: JournalEntry): Promise<boolean>
}

export type SigningKey = {
  id: string
  algorithm: SigningAlgorithm
  publicJwk: Record<string, unknown>
  /** Private JWK, sealed with the master key. */
  sealedPrivateJwk: string
  createdAt: number
  /** Set when another key of its algorithm signs; it is published until the longest token it signed has ended. */
  retiredAt?: number
  removedAt?: number
}
export type SigningKeyStore = {
  list(): Promise<SigningKey[]>
  /** Adds the key that signs with its algorithm from now on and retires the others of it; the first of several starting processes wins. */
  add(key: SigningKey, when: 'if-none' | 'always', entry: JournalEntry): Promise<boolean>
  remove(id: string, at: number, entry: JournalEntry): Promise<boolean>
}

export type RevocationLog = {
  /** Entries after this one, oldest first, at most `limit`. */
  after(seq: number, limit: number): Promise<Revocation[]>
  head(): Promise<LogPlace>
  /** For a follower that is at this entry: that entry, those after it, and where the head was once they were read. */
  readFrom(seq: number, limit: number): Promise<LogPart>
  /** Makes the log another incarnation, unless it is one already; for a log that has lost entries. Returns its head. */
  beginAnew(incarnation: string, entry: JournalEntry): Promise<LogPlace>
}
export type LogPart = { entries: readonly Revocation[]; head: LogPlace }

export type JournalFilter = {
  event?: JournalEntry['event']
  /** One of these. */
  events?: readonly JournalEntry['event'][]
  userId?: string
  clientId?: string
  credentialId?: string
  requestId?: string
  actor?: string
  about?: string
  /** One of these. */
  reasons?: readonly string[]
  /** Where it happened: an API by its client, or by its audience in what was asked. */
  api?: { clientId: string; audience: string }
  /** One of these ids is mentioned, or one of the texts of the entry has this part, in any letter case. */
  mentions?: { ids: readonly string[]; text: string }
  ip?: string
  since?: number
  until?: number
}
export type JournalStore = {
  /** Entries that belong to no change: refusals, sign-ins. */
  append(entries: readonly JournalEntry[]): Promise<void>
  /**
   * Newest first. What no index answers is looked for in a bounded stretch of the journal, so a page may be short, or
   * empty, and still have a cursor: that one goes on behind the stretch.
   */
  list(filter: JournalFilter, page: PageAsk): Promise<Page<StoredJournalEntry>>
  /** The cursor with which a list goes on after this one. */
  cursorAfter(entry: Pick<StoredJournalEntry, 'id'>): string
}

export type IdempotencyStore = {
  /**
   * Takes this key for one request; the first wins. `answer` is absent while the first is under way, and for ever when
   * its process died meanwhile: what it did is then unknown.
   */
  claim(claim: IdempotencyClaim): Promise<'claimed' | { requestHash: string; answer?: string }>
  answer(claim: Pick<IdempotencyClaim, 'caller' | 'key'>, answer: string): Promise<void>
  /** Nothing was done under this key; it may be used again. */
  release(claim: Pick<IdempotencyClaim, 'caller' | 'key'>): Promise<void>
}

export type IdempotencyClaim = { caller: string; key: string; requestHash: string; at: number; expiresAt: number }

/** Small facts about the installation: schema, key check, switches. */
export type SettingStore = {
  get(name: string): Promise<string | undefined>
  /** Writes unless present; returns what is stored afterwards. */
  claim(name: string, value: string): Promise<string>
  set(name: string, value: string, entry: JournalEntry): Promise<void>
  /** What a process saw, for `claviger doctor`: a change by no one, and so without an entry. */
  note(name: string, value: string): Promise<void>
}

export type Stores = {
  credentials: CredentialStore
  grants: GrantStore
  users: UserStore
  authenticators: AuthenticatorStore
  views: ViewStore
  workspaces: WorkspaceStore
  clients: ClientStore
  resources: ResourceStore
  gates: GateStore
  scopes: ScopeStore
  signingKeys: SigningKeyStore
  statementKeys: StatementKeyStore
  endedStatements: EndedStatementStore
  revocations: RevocationLog
  journal: JournalStore
  usage: UsageStore
  statistics: StatisticsStore
  idempotency: IdempotencyStore
  attempts: AttemptStore
  familiar: FamiliarStore
  assertions: AssertionStore
  settings: SettingStore
  retention: RetentionStore
}
