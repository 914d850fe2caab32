import type { NewClient } from '../../../model/clients/client.ts'
import { isDocumentAddress } from '../../../model/clients/client-document.ts'
import { aboutClient, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { DAY } from '../../../model/span.ts'
import { type Act, SYSTEM } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { refuseBlocked } from '../registration/blocks.ts'
import { freshFor } from './cache-time.ts'
import { checkDocumentAddress } from './document-address.ts'
import { type DocumentClientNeeds, documentClient } from './document-client.ts'
import { askableTag, isUnchanged } from './entity-tag.ts'
import { documentRead, noteTrouble, noteUnchanged, takeOver } from './keep-document.ts'
import { type ReadDocument, readDocument } from './read-document.ts'

/** How long a stored copy is used while its server cannot be reached. */
export const KEPT = 7 * DAY
/** The largest number of stored documents. */
const MOST = 10_000

/**
 * Reads the metadata document of a client whose id is the address of the document (draft-ietf-oauth-client-id-
 * metadata-document), unless the stored copy is fresh. Does nothing for other clients, and for a client that staff
 * blocked. Only requests for access call this function; all other requests use the stored copy.
 */
export async function openDocumentClient(needs: OpenDocumentNeeds, act: Act, clientId: string): Promise<void> {
  if (!isDocumentAddress(clientId)) return
  const client = await needs.lookups.client(clientId)
  if (client && (client.source !== 'document' || !client.active)) return
  checkDocumentAddress(needs.rules, clientId)
  if (!client) await refuseBlocked(needs, undefined, { redirectUris: [clientId], metadata: {} })
  const stored = client && (await needs.clientDocuments.byClient(clientId))
  if (stored && needs.now() < stored.freshUntil) return
  const serves = stored && stored.trouble?.is !== 'withdrawn' && stored.trouble?.is !== 'unfit'
  try {
    needs.throttle.count('client-document', act.from)
  } catch (error) {
    if (serves && needs.now() - stored.readAt < KEPT) return
    throw error
  }
  const etag = stored && askableTag(stored, needs.now())
  const answer = await needs.documentReader.read(clientId, etag)
  if (client && stored && isUnchanged(answer, etag)) {
    await refuseBlocked(needs, undefined, client)
    return noteUnchanged(needs, stored, freshFor(answer.headers, needs.now()))
  }
  const read = readDocument(clientId, answer, needs.now())
  if (read.is === 'read') await refuseBlocked(needs, undefined, read.registration)
  if (!client || !stored) return adopt(needs, clientId, read)
  if (read.is === 'read') return takeOver(needs, { client, stored }, read)
  const now = needs.now()
  await noteTrouble(needs, stored, read)
  if (read.is === 'unreachable' && serves && now - stored.readAt < KEPT) return
  throw refusalOf(clientId, read)
}

/** Stores a client when its document is read for the first time. Stores nothing if the document cannot be used. */
async function adopt(needs: OpenDocumentNeeds, clientId: string, read: ReadDocument): Promise<void> {
  if (read.is !== 'read') throw refusalOf(clientId, read)
  const at = needs.now()
  const { website, ...fields } = await documentClient(needs, read.registration)
  const client: NewClient = {
    id: clientId,
    ...fields,
    ...(website !== undefined && { website }),
    source: 'document',
    active: true,
    createdAt: at,
    secrets: [],
  }
  const adopted = entry(SYSTEM, 'created', aboutClient(client), { at, reason: 'client-document' })
  if ((await needs.clientDocuments.adopt(client, documentRead(clientId, read, at), MOST, adopted)) === 'full')
    throw new Refusal('overloaded', `${MOST} documents of clients are stored`, {
      sentence: 'This server knows as many clients by their documents as it keeps. Try again later.',
    })
}

function refusalOf(clientId: string, read: Exclude<ReadDocument, { is: 'read' }>): Refusal {
  const code = `client-document-${read.is}` as const
  return new Refusal(code, `${clientId}: ${read.why ?? read.sentence}`, {
    parameter: 'client_id',
    document: clientId,
    sentence: read.sentence,
  })
}

export type OpenDocumentNeeds = DocumentClientNeeds &
  Pick<World, 'registrations' | 'clientDocuments' | 'lookups' | 'documentReader' | 'throttle' | 'now'>
