import type { JournalEntry } from '../../model/journal.ts'
import type { EntryNames } from '../../model/sentences/entry-facts.ts'
import type { World } from '../world.ts'

/** Reads the names of everything that these entries mention, in few queries. */
export async function nameEntries(needs: Needs, entries: readonly JournalEntry[]): Promise<EntryNames> {
  const distinct = (ids: (string | undefined)[]) => [...new Set(ids.filter(id => id !== undefined))]
  const actors = entries.map(({ actor }) => actor)
  const [users, clients, credentials, resources] = await Promise.all([
    needs.users.byIds(distinct([...actors, ...entries.map(({ userId }) => userId)])),
    needs.clients.byIds(distinct([...actors, ...entries.map(({ clientId }) => clientId)])),
    needs.credentials.byIds(distinct(entries.map(({ credentialId }) => credentialId))),
    needs.resources.list(),
  ])
  const handles = new Map(users.map(({ id, handle }) => [id, { name: handle }]))
  const applications = new Map(clients.map(({ id, name }) => [id, { name }]))
  const kept = new Map(credentials.map(credential => [credential.id, credential]))
  return {
    user: id => handles.get(id) ?? 'gone',
    client: id => applications.get(id) ?? 'gone',
    credential: id => kept.get(id),
    api: of =>
      of.audience === needs.rules.issuer
        ? { name: needs.rules.brand.name }
        : resources.find(one => one.clientId === of.clientId || one.audience === of.audience),
  }
}

/** Names for users who read their own entries: the reader is "you", and no other person is named. */
export async function nameOwnEntries(
  needs: Needs,
  self: string,
  entries: readonly JournalEntry[],
): Promise<EntryNames> {
  return { ...(await nameEntries(needs, entries)), self, user: () => 'hidden' }
}

type Needs = Pick<World, 'users' | 'clients' | 'credentials' | 'resources' | 'rules'>
