import type { Client, ResourceServer } from '../../model/client.ts'
import type { Gate } from '../../model/gate.ts'
import type { Revocation, RevocationSubject } from '../../model/journal.ts'
import type { CredentialFacts, Stores } from '../../ports/stores.ts'

/**
 * Cached look-ups that know when they are wrong. Every process follows the revocation log; what it read before a
 * matching entry is forgotten. When the log could not be read for a while, nothing cached is trusted at all.
 */
export type Directory = {
  facts(fingerprint: string): Promise<CredentialFacts | undefined>
  client(id: string): Promise<Client | undefined>
  /** By audience; a trailing slash more or less makes no difference. */
  resource(audience: string): Promise<ResourceServer | undefined>
  resourceOf(clientId: string): Promise<ResourceServer | undefined>
  gate(name: string): Promise<Gate | undefined>
  /** Reads the log up to its end. Resolves when everything committed before the call has been obeyed. */
  follow(): Promise<void>
  /** Called for every entry of the log, in order. Returns a function that stops it. */
  onRevocation(listener: (revocation: Revocation) => void): () => void
  /** Sequence number of the last entry obeyed. */
  position(): number
  /** Was the end of the log seen so recently that cached answers may be trusted? */
  fresh(): boolean
}

type Entry<T> = { value: T; position: number; subjects: string[] }

const MOST_ENTRIES = 100_000
const BATCH = 1000

export function openDirectory(
  stores: Pick<Stores, 'credentials' | 'clients' | 'resources' | 'gates' | 'revocations'>,
  { trustMilliseconds = 1000, startAt = 0 } = {},
): Directory {
  let position = startAt
  let followedAt = Number.NEGATIVE_INFINITY
  /** What was read before this place in the log, also what is being read right now, is not believed. */
  let forgottenAt = startAt
  /** Where in the log each subject last fell. */
  const fallen = new Map<string, number>()
  const listeners = new Set<(revocation: Revocation) => void>()
  const caches: { clear(): void }[] = []

  function cached<T extends object>(load: (key: string) => Promise<T | undefined>, subjectsOf: (value: T) => string[]) {
    const entries = new Map<string, Entry<T>>()
    caches.push(entries)
    return async (key: string): Promise<T | undefined> => {
      const known = entries.get(key)
      if (known && fresh() && holds(known)) return known.value
      const before = position // what is read now may miss anything after this point
      const value = await load(key)
      entries.delete(key)
      if (value === undefined) return undefined
      if (entries.size >= MOST_ENTRIES) entries.delete(entries.keys().next().value as string)
      // It names something that exists, so it is short; as a part of the request it would keep the whole text alive.
      entries.set(copyOf(key), { value, position: before, subjects: subjectsOf(value) })
      return value
    }
  }

  const fresh = () => performance.now() - followedAt <= trustMilliseconds

  const holds = (entry: Entry<unknown>): boolean => {
    if (entry.position === position) return true // nothing fell since it was read
    if (entry.position < forgottenAt) return false
    for (const subject of entry.subjects) if ((fallen.get(subject) ?? 0) > entry.position) return false
    return true
  }

  function obey(revocation: Revocation): void {
    // Numbers have no gaps: what lies between was swept before we read it, so nothing cached can be believed.
    const missedSome = revocation.seq !== position + 1
    position = revocation.seq
    if (missedSome || revocation.subject === 'everything' || fallen.size >= MOST_ENTRIES) forgetAll()
    fallen.set(subjectKey(revocation.subject, revocation.subjectId), revocation.seq)
    for (const listener of listeners) listener(revocation)
  }

  function forgetAll(): void {
    for (const cache of caches) cache.clear()
    fallen.clear()
    forgottenAt = position
  }

  async function readLog(): Promise<void> {
    const startedAt = performance.now()
    for (;;) {
      const batch = await stores.revocations.after(position, BATCH)
      for (const revocation of batch) if (revocation.seq > position) obey(revocation)
      if (batch.length < BATCH) break
    }
    followedAt = startedAt
  }

  // One reading at a time; all who ask while one runs share the next, which starts after they asked.
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

  const resourceSubjects = (resource: ResourceServer) => [
    subjectKey('resource', resource.audience),
    subjectKey('client', resource.clientId),
  ]
  return {
    facts: cached(stores.credentials.facts, ({ credential, grant, client, user }) => {
      const subjects = [subjectKey('credential', credential.id)]
      if (grant) subjects.push(subjectKey('grant', grant.id))
      if (client) subjects.push(...clientSubjects(client))
      if (user) subjects.push(subjectKey('user', user.id))
      return subjects
    }),
    client: cached(stores.clients.byId, clientSubjects),
    resource: cached(
      async audience =>
        (await stores.resources.byAudience(audience)) ??
        stores.resources.byAudience(audience.endsWith('/') ? audience.slice(0, -1) : `${audience}/`),
      resourceSubjects,
    ),
    resourceOf: cached(stores.resources.byClient, resourceSubjects),
    gate: cached(stores.gates.byName, ({ name }) => [subjectKey('gate', name)]),
    follow,
    onRevocation(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    position: () => position,
    fresh,
  }
}

const copyOf = (text: string): string => Buffer.from(text).toString()

/** An application falls with whoever registered it. */
const clientSubjects = ({ id, ownerId }: Client): string[] =>
  ownerId === undefined ? [subjectKey('client', id)] : [subjectKey('client', id), subjectKey('user', ownerId)]

const subjectKey = (subject: RevocationSubject, id: string): string => `${subject} ${id}`
