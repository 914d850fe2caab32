import type { Act } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { checkDocumentAddress } from './document-address.ts'
import type { DocumentClientNeeds } from './document-client.ts'
import { type DescribedClient, findDocument } from './find-document.ts'
import { noteTrouble, takeOver } from './keep-document.ts'
import { readDocument } from './read-document.ts'

/**
 * Reads a document at the request of staff, even if the stored copy is fresh. If the document cannot be used, the
 * result says why.
 */
export async function refreshDocument(needs: Needs, act: Act, ask: { clientId: string }): Promise<DescribedClient> {
  const { client, document: stored } = await findDocument(needs, act, ask.clientId, 'refreshClientDocument')
  checkDocumentAddress(needs.rules, client.id)
  const read = readDocument(client.id, await needs.documentReader.read(client.id), needs.now())
  if (read.is === 'read') await takeOver(needs, { client, stored }, read)
  else await noteTrouble(needs, stored, read)
  return findDocument(needs, act, client.id, 'refreshClientDocument')
}

type Needs = DocumentClientNeeds & Pick<World, 'clients' | 'clientDocuments' | 'documentReader' | 'now'>
