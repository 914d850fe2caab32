import type { Client } from '../../../model/clients/client.ts'
import type { ClientDocument } from '../../../model/clients/client-document.ts'
import { missing } from '../../../model/refusals/missing.ts'
import { type Act, nameOf } from '../../../model/users/actor.ts'
import type { OperationName } from '../../../model/users/permissions.ts'
import type { World } from '../../world.ts'
import { findClient } from '../find-client.ts'

/** Finds a client and its metadata document. A client without a document is "not found". */
export async function findDocument(
  needs: Pick<World, 'clients' | 'clientDocuments'>,
  act: Act,
  clientId: string,
  operation: OperationName,
): Promise<DescribedClient> {
  const client = await findClient(needs, act, clientId, operation)
  const document = await needs.clientDocuments.byClient(client.id)
  if (!document) throw missing('client document', clientId, nameOf(act.by))
  return { client, document }
}

export type DescribedClient = { client: Client; document: ClientDocument }
