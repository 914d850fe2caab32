import { findDocument } from '../../../core/clients/documents/find-document.ts'
import { listDocuments } from '../../../core/clients/documents/list-documents.ts'
import { readHistory } from '../../../core/clients/documents/read-history.ts'
import { refreshDocument } from '../../../core/clients/documents/refresh-document.ts'
import { answered, type Handlers, pageOf, showPage } from '../handler.ts'
import type { clientDocumentsOperations } from './operations.ts'
import { showDocument, showEvent } from './show.ts'

export const clientDocumentsHandlers: Handlers<keyof typeof clientDocumentsOperations> = {
  async listClientDocuments(world, act, { query }) {
    const ask = { page: pageOf(query), ...(query.q !== undefined && { search: query.q }) }
    return answered(showPage(await listDocuments(world, act, ask), one => showDocument(one, world.now())))
  },

  async getClientDocument(world, act, { id }) {
    const found = await findDocument(world, act, id, 'getClientDocument')
    const history = await readHistory(world, found.client.id)
    return answered({ ...showDocument(found, world.now()), history: history.map(showEvent) })
  },

  async refreshClientDocument(world, act, { id }) {
    return answered(showDocument(await refreshDocument(world, act, { clientId: id }), world.now()))
  },
}
