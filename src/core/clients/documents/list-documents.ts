import type { Act } from '../../../model/users/actor.ts'
import type { Page, PageAsk } from '../../../ports/paging.ts'
import { requirePermission } from '../../authority.ts'
import type { World } from '../../world.ts'
import type { DescribedClient } from './find-document.ts'

/** Lists the clients that documents describe, each with its document. */
export async function listDocuments(needs: Needs, act: Act, ask: ListDocuments): Promise<Page<DescribedClient>> {
  requirePermission(act.by, 'listClientDocuments')
  const { search } = ask
  const found = await needs.clients.list({ source: 'document', ...(search !== undefined && { search }) }, ask.page)
  const documents = await needs.clientDocuments.byClients(found.items.map(({ id }) => id))
  const byId = new Map(documents.map(one => [one.clientId, one]))
  const items = found.items.flatMap(client => {
    const document = byId.get(client.id)
    return document ? [{ client, document }] : []
  })
  return { ...found, items }
}

export type ListDocuments = { search?: string; page: PageAsk }
type Needs = Pick<World, 'clients' | 'clientDocuments'>
