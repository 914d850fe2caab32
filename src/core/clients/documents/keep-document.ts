import { isDeepStrictEqual } from 'node:util'
import type { Client } from '../../../model/clients/client.ts'
import type { ClientDocument, DocumentTrouble } from '../../../model/clients/client-document.ts'
import type { ClientMetadata } from '../../../model/clients/client-metadata.ts'
import { aboutClient, entry } from '../../../model/journal.ts'
import { MINUTE } from '../../../model/span.ts'
import { SYSTEM } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { changedFields } from '../changed-fields.ts'
import { isOtherThan } from '../is-other-than.ts'
import { type DocumentClientNeeds, type DocumentFields, documentClient } from './document-client.ts'
import type { ReadDocument } from './read-document.ts'

/**
 * The pause after a failed attempt, during which the stored copy is used. Without the pause, each request would wait
 * for a server that is down.
 */
const PAUSE = MINUTE
const MOST_LISTED = 10
/** The names of document events in the journal. A change of the content has none of these names. */
export const EVENT_OF = {
  withdrawn: 'client document withdrawn',
  unfit: 'client document unfit',
  'there-again': 'client document there again',
} as const

/** Replaces the fields of the client by those of the document that was read. The journal records each change. */
export async function takeOver(
  needs: Needs,
  { client, stored }: StoredClient,
  read: ReadDocument & { is: 'read' },
): Promise<void> {
  const at = needs.now()
  const after = documentRead(client.id, read, at)
  const { website, ...fields } = await documentClient(needs, read.registration, client)
  const now = { website, ...fields }
  const changed = changedFields(client, now)
  if (changed.length === 0) return needs.clientDocuments.note(stored, after, backAgain(stored, at))
  const identity = isOtherThan(client, fields)
  const next = {
    ...fields,
    ...(website !== undefined && { website }),
    ...(identity && { identityChangedAt: at, reviewedAt: null }),
  }
  const why = {
    at,
    reason: 'client-document',
    detail: { fields: namesOf(changed, client, now), ...differences(client, now) },
  }
  await needs.clientDocuments.change(stored, after, next, entry(SYSTEM, 'changed', aboutClient(client), why))
}

/** The record of a document that was read whole. */
export const documentRead = (clientId: string, { freshFor, etag }: ReadDocument & { is: 'read' }, at: number) => ({
  clientId,
  readAt: at,
  askedAt: at,
  freshUntil: at + freshFor,
  ...(etag !== undefined && { version: { etag, readAt: at } }),
})

/** Stores that the document is still the one that was read before. */
export async function noteUnchanged(needs: Needs, stored: ClientDocument, freshFor: number): Promise<void> {
  const at = needs.now()
  const { trouble: _, ...good } = stored
  const after = { ...good, readAt: at, askedAt: at, freshUntil: at + freshFor }
  await needs.clientDocuments.note(stored, after, backAgain(stored, at))
}

/**
 * Stores why an attempt to read the document failed. The journal records that a document became withdrawn or unfit, but
 * not that its server is unreachable.
 */
export async function noteTrouble(needs: Needs, stored: ClientDocument, trouble: DocumentTrouble): Promise<void> {
  const at = needs.now()
  // A document that was withdrawn or unfit stays so while its server is unreachable.
  const ended = stored.trouble && stored.trouble.is !== 'unreachable' && trouble.is === 'unreachable'
  const after: ClientDocument = {
    ...stored,
    askedAt: at,
    freshUntil: trouble.is === 'unreachable' && !ended ? at + PAUSE : 0,
    trouble: ended ? stored.trouble : forStaff(trouble),
  } as ClientDocument
  await needs.clientDocuments.note(stored, after, newsOf(stored, trouble, at))
}

/** Appends the cause to the sentence. Only staff can read the stored sentence. */
const forStaff = ({ is, sentence, why }: DocumentTrouble): DocumentTrouble => ({
  is,
  sentence: why === undefined ? sentence : `${sentence} (${why})`,
})

function newsOf({ clientId, trouble: before }: ClientDocument, trouble: DocumentTrouble, at: number) {
  const { is, sentence } = forStaff(trouble)
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

/**
 * Returns the names of the changed fields. Changed keys are named `keys` and not `metadata`, because a holder of the
 * keys can act as the client.
 */
const namesOf = (changed: readonly string[], before: Client, after: DocumentFields): string[] =>
  changed.flatMap(field => (field === 'metadata' ? metadataNames(before, after) : [field]))

function metadataNames({ metadata: before }: Client, { metadata: after }: DocumentFields): string[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof ClientMetadata)[]
  const changed = fields.filter(field => !isDeepStrictEqual(before[field], after[field]))
  const keys: string[] = changed.filter(field => field === 'jwks' || field === 'jwksUri')
  // The application type is left out, because it follows from the redirect addresses.
  const others = changed.filter(field => !keys.includes(field) && field !== 'applicationType')
  return [...(keys.length > 0 ? ['keys'] : []), ...(others.length > 0 ? ['metadata'] : [])]
}

/**
 * The old and new name, and the added and removed redirect addresses, so that people can compare them later. The
 * journal has only the names of other changed fields.
 */
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
