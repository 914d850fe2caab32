import { operation } from '../operation.ts'
import { page } from '../shapes.ts'
import { clientDocument, clientDocumentsQuery, clientDocumentWithHistory } from './schemas.ts'

/** Applications whose id is the address of their metadata document. */
export const clientDocumentsOperations = {
  listClientDocuments: operation({
    on: ['GET', '/v1/client-documents'],
    query: clientDocumentsQuery,
    status: 200,
    answer: page(clientDocument),
    tag: 'Applications',
    summary: 'List client documents',
    details: 'Applications that are described by a metadata document, with the state of the document.',
  }),
  getClientDocument: operation({
    on: ['GET', '/v1/client-documents/:id'],
    status: 200,
    answer: clientDocumentWithHistory,
    tag: 'Applications',
    summary: 'Read a client document',
    details: 'Shows the document and what changed in it. The id is the percent-encoded address.',
  }),
  refreshClientDocument: operation({
    on: ['POST', '/v1/client-documents/:id/refresh'],
    status: 200,
    answer: clientDocument,
    tag: 'Applications',
    summary: 'Refresh a client document',
  }),
} as const
