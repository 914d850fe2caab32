import { sql } from 'kysely'
import type { ClientDocument, DocumentTrouble } from '../../../model/clients/client-document.ts'
import { aboutClient, entry } from '../../../model/journal.ts'
import { SYSTEM } from '../../../model/users/actor.ts'
import type { ClientDocumentStore } from '../../../ports/client-documents.ts'
import type { Engine, Transaction } from '../../engine.ts'
import type { Tables } from '../../tables.ts'
import { changed, record, revoked, revoking } from '../revocations.ts'
import { columnsOf, deleteBesides, insertClient } from './clients.ts'

export const clientDocumentStore = (engine: Engine): ClientDocumentStore => ({
  byClient: async clientId => (await documentsOf(engine.db, [clientId]))[0],
  byClients: clientIds => documentsOf(engine.db, clientIds),

  adopt: (client, document, most, adopted) =>
    revoking(engine, async tx => {
      // The process that inserts the row of the document is the first one.
      const row = tx.insertInto('client_documents').values(fromDocument(document))
      const inserted = await row.onConflict(conflict => conflict.doNothing()).executeTakeFirst()
      if (inserted.numInsertedOrUpdatedRows !== 1n) return 'taken'
      if (!(await makeRoom(tx, most, document))) {
        await tx.deleteFrom('client_documents').where('client_id', '=', client.id).execute()
        return 'full'
      }
      await insertClient(tx, client)
      await record(tx, adopted)
      return 'adopted'
    }),

  note: (before, after, news) =>
    engine.write(async tx => {
      if ((await noted(tx, before, after)) && news) await record(tx, news)
    }),

  change: (before, after, client, entered) =>
    revoking(engine, async tx => {
      if (!(await noted(tx, before, after))) return false
      const columns = { ...columnsOf({ ...client, website: client.website ?? null }), type: client.type }
      await tx.updateTable('clients').set(columns).where('id', '=', after.clientId).execute()
      await record(tx, entered, changed('client', after.clientId))
      return true
    }),
})

async function documentsOf(db: Engine['db'], clientIds: readonly string[]): Promise<ClientDocument[]> {
  if (clientIds.length === 0) return []
  const rows = await db.selectFrom('client_documents').selectAll().where('client_id', 'in', clientIds).execute()
  return rows.map(toDocument)
}

async function noted(tx: Transaction, before: ClientDocument, after: ClientDocument): Promise<boolean> {
  const row = tx.updateTable('client_documents').set(fromDocument(after)).where('client_id', '=', before.clientId)
  return (await row.where('asked_at', '=', before.askedAt).executeTakeFirst()).numUpdatedRows === 1n
}

/**
 * Deletes the clients whose documents were read longest ago, but no client with a grant and none that staff blocked or
 * reviewed. Returns false if that does not make enough room.
 */
async function makeRoom(tx: Transaction, most: number, { clientId, askedAt }: ClientDocument): Promise<boolean> {
  const counted = tx.selectFrom('client_documents').select(eb => eb.fn.countAll().as('count'))
  const beyond = Number((await counted.executeTakeFirstOrThrow()).count) - most
  if (beyond <= 0) return true
  const due = await tx
    .selectFrom('client_documents')
    .innerJoin('clients', 'clients.id', 'client_documents.client_id')
    .select('clients.id')
    .where('clients.id', '!=', clientId)
    .where('clients.active', '=', 1)
    .where('clients.reviewed_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('grants')
            .select(sql.lit(1).as('one'))
            .whereRef('grants.client_id', '=', 'clients.id')
            .where('grants.revoked_at', 'is', null),
        ),
      ),
    )
    .orderBy('client_documents.asked_at')
    .limit(beyond)
    .execute()
  for (const { id } of due) {
    await deleteBesides(tx, id)
    await tx.deleteFrom('clients').where('id', '=', id).execute()
  }
  for (const { id } of due)
    await record(
      tx,
      entry(SYSTEM, 'deleted', aboutClient({ id }), { at: askedAt, reason: 'never-used' }),
      revoked('client', id),
    )
  return due.length === beyond
}

const toDocument = (row: Tables['client_documents']): ClientDocument => ({
  clientId: row.client_id,
  readAt: row.read_at,
  askedAt: row.asked_at,
  freshUntil: row.fresh_until,
  ...(row.etag !== null && { version: { etag: row.etag, readAt: row.etag_at ?? 0 } }),
  ...(row.trouble !== null && {
    trouble: { is: row.trouble as DocumentTrouble['is'], sentence: row.sentence ?? '' },
  }),
})

const fromDocument = (document: ClientDocument): Tables['client_documents'] => ({
  client_id: document.clientId,
  read_at: document.readAt,
  asked_at: document.askedAt,
  fresh_until: document.freshUntil,
  etag: document.version?.etag ?? null,
  etag_at: document.version?.readAt ?? null,
  trouble: document.trouble?.is ?? null,
  sentence: document.trouble?.sentence ?? null,
})
