import { SYSTEM } from '../../../model/actor.ts'
import type { Client } from '../../../model/client.ts'
import type { ClientDocument, DocumentTrouble } from '../../../model/client-document.ts'
import { aboutClient, entry } from '../../../model/journal.ts'
import { MINUTE } from '../../../model/span.ts'
import type { World } from '../../world.ts'
import { type DocumentClientNeeds, type DocumentFields, documentClient, isIdentity } from './document-client.ts'
import { changedFields, type ReadDocument } from './read-document.ts'

/** After a failed attempt the stored copy serves for so long without another: else each request would wait for a server that is down. */
const PAUSE = MINUTE
const MOST_LISTED = 10
/** How the journal names what happens to a document besides a change of what it says. */
export const EVENT_OF = {
  withdrawn: 'client document withdrawn',
  unfit: 'client document unfit',
  'there-again': 'client document there again',
} as const

/** What a document says now takes the place of what it said before; a change is a line of the journal, with both. */
export async function takeOver(
  needs: Needs,
  { client, stored }: StoredClient,
  read: ReadDocument & { is: 'read' },
): Promise<void> {
  const at = needs.now()
  const after: ClientDocument = { clientId: client.id, readAt: at, askedAt: at, freshUntil: at + read.freshFor }
  const { website, ...fields } = documentClient(needs, read.registration, client)
  const now = { website, ...fields }
  const changed = changedFields(client, now)
  if (changed.length === 0) return needs.clientDocuments.note(stored, after, backAgain(stored, at))
  const identity = changed.some(field => isIdentity(field, client, now))
  const next = {
    ...fields,
    ...(website !== undefined && { website }),
    ...(identity && { identityChangedAt: at, reviewedAt: null }),
  }
  const why = { at, reason: 'client-document', detail: { fields: changed, ...differences(client, now) } }
  await needs.clientDocuments.change(stored, after, next, entry(SYSTEM, 'changed', aboutClient(client), why))
}

/** Nothing was read. A source that is down is no news; a document that is gone or unfit is, once. */
export async function noteTrouble(needs: Needs, stored: ClientDocument, trouble: DocumentTrouble): Promise<void> {
  const at = needs.now()
  // One that was withdrawn and whose server is down now is still withdrawn.
  const ended = stored.trouble && stored.trouble.is !== 'unreachable' && trouble.is === 'unreachable'
  const after: ClientDocument = {
    ...stored,
    askedAt: at,
    freshUntil: trouble.is === 'unreachable' && !ended ? at + PAUSE : 0,
    trouble: ended ? stored.trouble : trouble,
  } as ClientDocument
  await needs.clientDocuments.note(stored, after, newsOf(stored, trouble, at))
}

function newsOf({ clientId, trouble: before }: ClientDocument, { is, sentence }: DocumentTrouble, at: number) {
  if (is === 'unreachable' || is === before?.is) return undefined
  return entry(SYSTEM, 'changed', aboutClient({ id: clientId }), { at, detail: { what: EVENT_OF[is], sentence } })
}

function backAgain({ clientId, trouble }: ClientDocument, at: number) {
  if (!trouble || trouble.is === 'unreachable') return undefined
  return entry(SYSTEM, 'changed', aboutClient({ id: clientId }), {
    at,
    detail: { what: EVENT_OF['there-again'] },
  })
}

/** Of the name and the redirect addresses, which people must be able to compare later; others by their field alone. */
function differences(before: Client, after: DocumentFields): object {
  const added = after.redirectUris.filter(uri => !before.redirectUris.includes(uri))
  const gone = before.redirectUris.filter(uri => !after.redirectUris.includes(uri))
  return {
    ...(before.name !== after.name && { nameBefore: before.name, nameAfter: after.name }),
    ...(added.length > 0 && { redirectsAdded: added.slice(0, MOST_LISTED) }),
    ...(gone.length > 0 && { redirectsGone: gone.slice(0, MOST_LISTED) }),
  }
}

export type StoredClient = { client: Client; stored: ClientDocument }
type Needs = DocumentClientNeeds & Pick<World, 'clientDocuments' | 'now'>
