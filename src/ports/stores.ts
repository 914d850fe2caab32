import type { Client, NewClient, ResourceServer } from '../model/clients/client.ts'
import type { Credential, CredentialKind, CredentialUse, Fingerprint, Grant } from '../model/credentials/credential.ts'
import type { SigningAlgorithm } from '../model/credentials/signing-algorithm.ts'
import type { LogPlace } from '../model/credentials/validity.ts'
import type { JournalEntry, Revocation, StoredJournalEntry } from '../model/journal.ts'
import type { User } from '../model/users/user.ts'
import type { AssertionStore } from './assertions.ts'
import type { AttemptStore, FamiliarStore } from './attempts.ts'
import type { AuthenticatorStore } from './authenticators.ts'
import type { ClientDocumentStore } from './client-documents.ts'
import type { CredentialChange, Replacement, Rotation, RotationOutcome, Spend } from './credential-changes.ts'
import type { LogoutStore } from './logouts.ts'
import type { Page, PageAsk } from './paging.ts'
import type { RegistrationStore } from './registrations.ts'
import type { GateStore, ResourceStore, ScopeStore } from './resources.ts'
import type { RetentionStore } from './retention.ts'
import type { RevocationFilter } from './revocation-filter.ts'
import type { EndedStatementStore, StatementKeyStore } from './statements.ts'
import type { StatisticsStore } from './statistics.ts'
import type { UsageStore } from './usage.ts'
import type { UserStore, UserVersion } from './users.ts'
import type { ViewStore } from './views.ts'
import type { WorkspaceStore } from './workspaces.ts'

/*
 * The storage that the core needs. Each method that changes something is one transaction and takes its journal entry,
 * so no change is stored without its entry. A method that ends or limits a right appends to the revocation log in the
 * same transaction. When the promise resolves, the change is durable.
 */

/** All data that a check needs, from one look-up. */
export type CredentialFacts = GrantFacts & {
  credential: Credential
  /** How a credential without a row ended: alone, or together with its client or key. Absent if it has not ended. */
  ended?: 'by-itself' | 'with-its-client' | 'with-its-key'
}
/** A grant with its user and client, if they still exist. */
export type GrantFacts = {
  grant?: Grant
  user?: User
  client?: Client
  /** The key from which the grant was made. */
  parent?: Credential
}

export type CredentialFilter = {
  userId?: string
  clientId?: string
  grantId?: string
  kinds?: readonly CredentialKind[]
  /** `live`: neither revoked nor expired, even if disabled. The other values are the statuses that lists show. */
  status?: 'live' | 'ended' | 'active' | 'disabled' | 'revoked' | 'expired' | 'rotating' | 'expires-soon' | 'unused'
  /** A part of the name, in any letter case, or the start of the id. Only credentials with a name are searched. */
  search?: string
  expiresBefore?: number
  expiresAfter?: number
  createdBefore?: number
  createdAfter?: number
  use?: CredentialUse
  /** Credentials that were neither used nor created after this time. With the status `unused`, this value replaces the default number of days. */
  unusedSince?: number
  /** `people`: credentials with a name. `protocol`: credentials that sign-ins and exchanges create. */
  madeBy?: 'people' | 'protocol'
  /** Sorts credentials that people made and that are not revoked. The default order, by time of creation, is available for every filter. */
  sortedBy?: 'last-use' | 'end'
  /** Credentials that have a right at this API: their audience fits, and they have one of its scopes or all rights of their owner. */
  api?: ApiScope
}

/** The properties of an API that decide which credentials can use it. */
export type ApiScope = Pick<ResourceServer, 'audience' | 'strictAudience' | 'scopes'>

export type CredentialStore = {
  /** Finds by the fingerprint of the whole secret. Look-ups in one turn of the event loop share one statement. */
  facts(fingerprint: Fingerprint): Promise<CredentialFacts | undefined>
  /** Finds a credential of this kind only. */
  find<K extends CredentialKind>(kind: K, fingerprint: Fingerprint): Promise<Credential<K> | undefined>
  /** Finds a credential of any kind. */
  findAny(fingerprint: Fingerprint): Promise<Credential | undefined>
  byId(id: string): Promise<Credential | undefined>
  /** The stored credentials among these ids. */
  byIds(ids: readonly string[]): Promise<Credential[]>
  list(filter: CredentialFilter, page: PageAsk): Promise<Page<Credential>>
  /** The cursor for the page that begins after this credential. */
  cursorAfter(credential: Pick<Credential, 'createdAt' | 'fingerprint'>): string
  /** Stores credentials; concurrent issues share one commit. */
  issue(credentials: readonly Credential[], entry: JournalEntry): Promise<void>
  /** Issues credentials to a user; `outdated` if, since the user was read, the user was disabled or everything of the user was ended. */
  issueTo(
    userVersion: UserVersion,
    credentials: readonly Credential[],
    entry: JournalEntry,
  ): Promise<'issued' | 'outdated'>
  /** Spends a single-use credential and stores the credentials issued for it. Of parallel calls only one succeeds. */
  redeem(spend: Spend, entry: JournalEntry): Promise<'redeemed' | 'spent'>
  /** Moves a refresh family to its next generation; see `Rotation`. */
  rotate(rotation: Rotation, entry: JournalEntry): Promise<RotationOutcome>
  /** Issues further credentials for the latest generation of a refresh family; `gone` if the family has moved on or ended. */
  issueBeside(
    step: { grantId: string; generation: number },
    credentials: readonly Credential[],
    entry: JournalEntry,
  ): Promise<'issued' | 'gone'>
  /** Replaces a key by a new one; the old key remains valid until `overlapEndsAt`. */
  replace(replacement: Replacement, entry: JournalEntry): Promise<'replaced' | 'gone'>
  /** Stores the time and methods of a session's sign-in and latest proof; false if the session has ended. */
  prove(session: Credential<'session'>, entry: JournalEntry): Promise<boolean>
  /**
   * Changes a credential. `outdated` if it was revoked or changed since `before` was read, so that no parallel change
   * is overwritten.
   */
  change(before: Credential, change: CredentialChange, entry: JournalEntry): Promise<Credential | 'outdated'>
  /** Ends a credential. The end of a session also ends its OpenID Connect grants and notifies their clients (`LogoutStore`). */
  revoke(id: string, entry: JournalEntry): Promise<number>
  /** Ends a session that another one replaced; its grants stay. */
  retire(id: string, entry: JournalEntry): Promise<number>
  /** Ends the grant and everything issued from it. A pending redemption cannot revive it. Returns how many credentials ended. */
  revokeGrant(grantId: string, entry: JournalEntry): Promise<number>
  revokeAll(of: RevocationFilter, entry: JournalEntry): Promise<number>
  /** Ends every grant and credential. Each follower of the log drops its whole cache, even if the follower has not read the latest entries. */
  revokeEverything(entry: JournalEntry): Promise<number>
  /** Stores a credential unless one with this secret already exists. */
  adopt(credential: Credential, entry: JournalEntry): Promise<void>
}

export type GrantStore = {
  /** Finds a grant with its user and client. Look-ups in one turn of the event loop share one statement. */
  facts(id: string): Promise<GrantFacts | undefined>
  byId(id: string): Promise<Grant | undefined>
  /** Grants of a user that are alive and in use, newest first. */
  ofUser(userId: string): Promise<Grant[]>
  /** The newest 200 grants of a client. */
  ofClient(clientId: string): Promise<Grant[]>
  /** Creates a grant and the code that will activate it, once for each code. The user must be unchanged since the decision (see `issueTo`). */
  open(
    grant: Grant,
    code: Credential,
    entry: JournalEntry,
    userVersion?: UserVersion,
  ): Promise<'opened' | 'outdated' | 'taken'>
}

/** `waiting`: self-registered, and not reviewed by staff yet. */
export type ClientFilter = { ownerId?: string; search?: string; review?: 'waiting'; api?: ApiScope } & Partial<
  Pick<Client, 'source' | 'type'>
>
export type ClientStore = {
  create(client: NewClient, entry: JournalEntry): Promise<Client>
  byId(id: string): Promise<Client | undefined>
  /** The existing clients among these ids, without their secrets. */
  byIds(ids: readonly string[]): Promise<Client[]>
  byNumber(number: number): Promise<Client | undefined>
  list(filter: ClientFilter, page: PageAsk): Promise<Page<Client>>
  cursorAfter(client: Pick<Client, 'number'>): string
  change(id: string, change: ClientChange, entry: JournalEntry): Promise<Client | undefined>
  /** Deletes the client and ends all its credentials in the same transaction. */
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
    /** The new owner, who must exist and be active when this is stored. */
    ownerId: string
    reviewedAt: number | null
    identityChangedAt: number
    /** For an application of staff whose statements its owner changed. */
    source: 'portal'
  }
>

export type SigningKey = {
  id: string
  algorithm: SigningAlgorithm
  publicJwk: Record<string, unknown>
  /** Private JWK, sealed with the master key. */
  sealedPrivateJwk: string
  createdAt: number
  /**
   * The time when another key of its algorithm began to sign. The retired key remains published until the longest-
   * lived token that it signed has expired.
   */
  retiredAt?: number
  removedAt?: number
}
export type SigningKeyStore = {
  /** The published keys. */
  list(): Promise<SigningKey[]>
  /** Returns the removed keys that signed at this time or later. */
  removed(signedAt: number): Promise<SigningKey[]>
  /** Adds the key that signs with its algorithm from now on, and retires the other keys of that algorithm. Of several starting processes the first succeeds. */
  add(key: SigningKey, when: 'if-none' | 'always', entry: JournalEntry): Promise<boolean>
  remove(id: string, at: number, entry: JournalEntry): Promise<boolean>
}

export type RevocationLog = {
  /** Entries after this one, oldest first, at most `limit`. */
  after(seq: number, limit: number): Promise<Revocation[]>
  head(): Promise<LogPlace>
  /** Returns the entry at which the follower is, the entries after it, and the head after reading them. */
  readFrom(seq: number, limit: number): Promise<LogPart>
  /** Gives a log that has lost entries this incarnation; does nothing if the log already has it. Returns the head of the log. */
  beginAnew(incarnation: string, entry: JournalEntry): Promise<LogPlace>
}
export type LogPart = { entries: readonly Revocation[]; head: LogPlace }

export type JournalFilter = {
  event?: JournalEntry['event']
  /** Any of these events. */
  events?: readonly JournalEntry['event'][]
  userId?: string
  clientId?: string
  credentialId?: string
  requestId?: string
  actor?: string
  about?: string
  /** Any of these reasons. */
  reasons?: readonly string[]
  /** Entries that concern an API: by its client, or by its audience in the request. */
  api?: { clientId: string; audience: string }
  /** Entries that mention one of these ids, or whose texts contain this part, in any letter case. */
  mentions?: { ids: readonly string[]; text: string }
  ip?: string
  since?: number
  until?: number
}
export type JournalStore = {
  /** Appends entries that belong to no change: refusals, sign-ins. */
  append(entries: readonly JournalEntry[]): Promise<void>
  /**
   * Newest first. A filter without an index searches a limited part of the journal, so a page may be short or empty and
   * still have a cursor, which continues after that part.
   */
  list(filter: JournalFilter, page: PageAsk): Promise<Page<StoredJournalEntry>>
  /** The cursor for the page that begins after this entry. */
  cursorAfter(entry: Pick<StoredJournalEntry, 'id'>): string
}

export type IdempotencyStore = {
  /**
   * Reserves this key for one request; the first request succeeds. `answer` is absent while the first request runs, and
   * stays absent if its process died; the result is then unknown.
   */
  claim(claim: IdempotencyClaim): Promise<'claimed' | { requestHash: string; answer?: string }>
  answer(claim: Pick<IdempotencyClaim, 'caller' | 'key'>, answer: string): Promise<void>
  /** Frees the key, because the request changed nothing. */
  release(claim: Pick<IdempotencyClaim, 'caller' | 'key'>): Promise<void>
}

export type IdempotencyClaim = { caller: string; key: string; requestHash: string; at: number; expiresAt: number }

/** Small facts about the installation: schema, key check, switches. */
export type SettingStore = {
  get(name: string): Promise<string | undefined>
  /** Writes the value unless one exists; returns the stored value. */
  claim(name: string, value: string): Promise<string>
  set(name: string, value: string, entry: JournalEntry): Promise<void>
  /** Stores an observation of a process for `claviger doctor`. No actor made it, so it has no journal entry. */
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
  clientDocuments: ClientDocumentStore
  registrations: RegistrationStore
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
  logouts: LogoutStore
  settings: SettingStore
  retention: RetentionStore
}
