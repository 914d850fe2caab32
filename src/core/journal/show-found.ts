import type { Credential } from '../../model/credentials/credential.ts'
import { sentenceOf } from '../../model/sentences/entry-sentence.ts'
import { KIND_WORDS } from '../../model/sentences/kind-words.ts'
import { plainSentence } from '../../model/sentences/say.ts'
import type { World } from '../world.ts'
import type { Found } from './find.ts'
import { nameEntries } from './name-entries.ts'

/** Converts results to one list with the type, the name, and a text that distinguishes things with the same name. */
export async function showFound(needs: Needs, found: Found): Promise<FoundThing[]> {
  const { entry, presented } = found
  const credentials = presented ? [presented] : found.credentials
  const owners = new Map((await ownersOf(needs, credentials)).map(({ id, handle }) => [id, handle]))
  return [
    ...(entry?.requestId === undefined ? [] : [await showRequest(needs, entry, entry.requestId)]),
    ...found.users.map(({ id, handle: name, role, email, active }) => ({
      is: 'user' as const,
      id,
      name,
      note: [email, role, active ? undefined : 'disabled'].filter(Boolean).join(' · '),
    })),
    ...found.clients.map(({ id, name, active }) => ({
      is: 'client' as const,
      id,
      name,
      note: active ? 'application' : 'application · disabled',
    })),
    ...found.resources.map(({ clientId: id, name, audience: note }) => ({ is: 'api' as const, id, name, note })),
    ...credentials.map(credential => ({
      is: 'credential' as const,
      id: credential.id,
      name: credential.name ?? KIND_WORDS[credential.kind],
      note: noteOf(credential, owners),
    })),
  ]
}

async function showRequest(needs: Needs, entry: NonNullable<Found['entry']>, id: string): Promise<FoundThing> {
  return { is: 'request', id, name: id, note: plainSentence(sentenceOf(entry, await nameEntries(needs, [entry]))) }
}

const ownersOf = (needs: Needs, credentials: readonly Credential[]) =>
  needs.users.byIds([...new Set(credentials.flatMap(({ userId }) => userId ?? []))])

const noteOf = ({ kind, hint, userId, revokedAt }: Credential, owners: ReadonlyMap<string, string>): string =>
  [KIND_WORDS[kind], userId && owners.get(userId), hint, revokedAt === undefined ? undefined : 'revoked']
    .filter(Boolean)
    .join(' · ')

export type FoundThing = {
  is: 'user' | 'client' | 'credential' | 'api' | 'request'
  id: string
  name: string
  note: string
}
type Needs = Pick<World, 'users' | 'clients' | 'credentials' | 'resources' | 'rules'>
