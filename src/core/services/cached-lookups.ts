import { isDeepStrictEqual } from 'node:util'
import type { Client, ResourceServer } from '../../model/clients/client.ts'
import type { Gate } from '../../model/clients/gate.ts'
import { type LogPlace, openFollowedLog, reaches, subjectKey, subjectsOf } from '../../model/credentials/validity.ts'
import { entry, type Revocation } from '../../model/journal.ts'
import { canonicalAudience } from '../../model/scopes/audience.ts'
import { SYSTEM } from '../../model/users/actor.ts'
import type { CredentialFacts, GrantFacts, Stores } from '../../ports/stores.ts'
import { lostEntries, type Warnings } from './warnings.ts'

/**
 * Caches look-ups and drops them when the revocation log has a matching entry. Uses no cached value while the log could
 * not be read recently.
 */
export type CachedLookups = {
  facts(fingerprint: string): Promise<CredentialFacts | undefined>
  client(id: string): Promise<Client | undefined>
  clientNumbered(number: number): Promise<Client | undefined>
  /** A grant with its user and client. */
  ofGrant(id: string): Promise<GrantFacts | undefined>
  /** Ignores a final slash and other differences of spelling. */
  resource(audience: string): Promise<ResourceServer | undefined>
  resourceOf(clientId: string): Promise<ResourceServer | undefined>
  gate(name: string): Promise<Gate | undefined>
  /** Reads the log to its end. Resolves when all entries committed before the call are applied. */
  follow(): Promise<void>
  /** Calls `listener` for every entry, in order. Returns a function that removes the listener. */
  onRevocation(listener: (revocation: Revocation) => void): () => void
  /** The place of the last applied entry. */
  place(): LogPlace
  /** True if the end of the log was seen recently, so cached answers may be used. */
  fresh(): boolean
}

type Entry<T> = { value: T; place: LogPlace; subjects: string[] }
type Needs = Pick<Stores, 'credentials' | 'grants' | 'clients' | 'resources' | 'gates' | 'revocations'>

const MOST_ENTRIES = 100_000
const BATCH = 1000

export function openCachedLookups(
  stores: Needs,
  { trustMilliseconds = 1000, warnings }: { trustMilliseconds?: number; warnings?: Warnings } = {},
): CachedLookups {
  const log = openFollowedLog()
  let followedAt = Number.NEGATIVE_INFINITY
  /** The entry at our own place. A different entry at that place shows that the log was replaced. */
  let lastRead: Revocation | undefined
  const listeners = new Set<(revocation: Revocation) => void>()
  const caches: { clear(): void }[] = []

  function cached<T extends object, Key extends string | number = string>(
    load: (key: Key) => Promise<T | undefined>,
    dependsOn: (value: T) => string[],
  ) {
    const entries = new Map<Key, Entry<T>>()
    caches.push(entries)
    const known = (key: Key): T | undefined => {
      const entry = entries.get(key)
      return entry && fresh() && log.holds(entry.place, entry.subjects) ? entry.value : undefined
    }
    const lookUp = async (key: Key): Promise<T | undefined> => {
      const before = known(key)
      if (before) return before
      const place = log.place() // The place is taken before the read, because the value may lack later changes.
      const value = await load(key)
      entries.delete(key)
      if (value === undefined) return undefined
      if (entries.size >= MOST_ENTRIES) entries.delete(entries.keys().next().value as Key)
      // Stores a copy of the key, because a substring would keep the whole request text in memory. Keys are short, because only keys of existing
      // rows are stored.
      entries.set(copyOf(key) as Key, { value, place, subjects: dependsOn(value) })
      return value
    }
    return Object.assign(lookUp, { known })
  }

  const fresh = () => performance.now() - followedAt <= trustMilliseconds

  function clearCaches(): void {
    for (const cache of caches) cache.clear()
  }

  function apply(revocation: Revocation): void {
    if (log.apply(revocation) === 'everything') clearCaches()
    for (const listener of listeners) listener(revocation)
  }

  /** Handles a replaced log: of a restored database, or of a replica that was behind. */
  async function startAnew(head: LogPlace): Promise<void> {
    const known = log.place()
    const at = Date.now()
    const unannounced = head.incarnation === known.incarnation
    if (unannounced || head.seq < known.seq)
      warnings?.once('log-behind', lostEntries('This process', known.seq, head.seq))
    // A new incarnation informs followers that have read less than this process and cannot detect the loss.
    const next = unannounced ? await restartLog(stores, known, head) : head
    lastRead = undefined
    log.startAt(next)
    clearCaches()
    for (const listener of listeners)
      listener({ seq: next.seq, at, subject: 'everything', subjectId: '', effect: 'changed' })
  }

  async function readLog(): Promise<void> {
    const startedAt = performance.now()
    for (;;) {
      const place = log.place()
      const { entries, head } = await stores.revocations.readFrom(place.seq, BATCH)
      const [first] = entries
      const replaced = lastRead && first?.seq === place.seq && !isDeepStrictEqual(first, lastRead)
      if (replaced || !reaches(head, place)) await startAnew(head)
      else {
        for (const one of entries) if (one.seq > place.seq) apply(one)
        lastRead = entries.at(-1) ?? lastRead
      }
      if (entries.length < BATCH) break
    }
    followedAt = startedAt
  }

  // Only one read runs at a time. Calls during a read share the next read, which starts after them.
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  function follow(): Promise<void> {
    if (!running) {
      running = readLog().finally(() => {
        running = undefined
      })
      return running
    }
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined
        return follow()
      })
    return next
  }

  const byAudience = cached(
    async audience =>
      (await stores.resources.byAudience(audience)) ??
      stores.resources.byAudience(audience.endsWith('/') ? audience.slice(0, -1) : `${audience}/`),
    resourceSubjects,
  )
  return {
    facts: cached(stores.credentials.facts, facts => [
      ...subjectsOf({ credentialId: facts.credential.id }),
      ...grantSubjects(facts),
    ]),
    client: cached(stores.clients.byId, clientSubjects),
    clientNumbered: cached<Client, number>(stores.clients.byNumber, clientSubjects),
    ofGrant: cached(stores.grants.facts, grantSubjects),
    async resource(audience) {
      // A known audience in its stored spelling needs no canonical form, which takes longer to work out than all else here.
      const known = byAudience.known(audience)
      if (known?.audience === audience) return known
      const canonical = canonicalAudience(audience)
      // Older rows store the audience as it was typed, so both spellings are tried.
      return (await byAudience(canonical)) ?? (canonical === audience ? undefined : byAudience(audience))
    },
    resourceOf: cached(stores.resources.byClient, resourceSubjects),
    gate: cached(stores.gates.byName, ({ name }) => [subjectKey('gate', name)]),
    follow,
    onRevocation(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    place: log.place,
    fresh,
  }
}

const copyOf = (key: string | number): string | number => (typeof key === 'number' ? key : Buffer.from(key).toString())

const clientSubjects = ({ id, ownerId }: Client): string[] => subjectsOf({ clientId: id, clientOwnerId: ownerId })

const grantSubjects = ({ grant, client, user }: GrantFacts): string[] =>
  subjectsOf({
    credentialId: grant?.parentId,
    grantId: grant?.id,
    clientId: client?.id,
    clientOwnerId: client?.ownerId,
    userId: user?.id,
  })

const resourceSubjects = ({ audience, clientId }: ResourceServer): string[] =>
  subjectsOf({ clientId, audience: [audience] })

const restartLog = ({ revocations }: Needs, known: LogPlace, head: LogPlace): Promise<LogPlace> => {
  const when = { at: Date.now(), detail: { readUpTo: known.seq, endsAt: head.seq } }
  return revocations.beginAnew(known.incarnation, entry(SYSTEM, 'changed', { about: 'revocation-log' }, when))
}
