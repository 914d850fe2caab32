import { SYSTEM } from '../../model/actor.ts'
import { aboutClient, entry } from '../../model/journal.ts'
import type { Retention } from '../../ports/retention.ts'
import type { Transaction } from '../engine.ts'
import { deleteBesides } from './clients.ts'
import { record, revoked } from './revocations.ts'

const PLACE = 'unused-clients'

/**
 * Deletes self-registered applications without use for a long time. They have no owner, no credentials and no grants.
 * Each call reads a few clients; a row of `counters` stores the position.
 */
export async function sweepUnusedClients(
  tx: Transaction,
  now: number,
  limit: number,
  keep: Retention,
): Promise<number> {
  await tx
    .insertInto('counters')
    .values({ name: PLACE, value: 0 })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const { value: place } = await tx
    .selectFrom('counters')
    .select('value')
    .where('name', '=', PLACE)
    .executeTakeFirstOrThrow()
  const step = tx.selectFrom('clients').selectAll().where('number', '>', place).orderBy('number').limit(limit)
  const last = (await tx.selectFrom(step.as('step')).select('number').orderBy('number', 'desc').limit(1).execute())[0]
  const due = await tx
    .selectFrom(step.as('step'))
    .select(['id', 'last_used_at'])
    .where('owner_id', 'is', null)
    .where('source', 'not in', ['operator', 'resource-server'])
    .where(eb =>
      eb.or([
        eb.and([
          eb('source', '!=', 'document'),
          eb(eb.fn.coalesce('last_used_at', 'created_at'), '<', now - keep.applications),
        ]),
        // One that is described by a document comes back by itself; one that staff blocked or reviewed is kept as it is.
        eb.and([
          eb('source', '=', 'document'),
          eb('active', '=', 1),
          eb('reviewed_at', 'is', null),
          eb.not(
            eb.exists(
              eb
                .selectFrom('client_documents')
                .select('client_id')
                .whereRef('client_documents.client_id', '=', 'step.id')
                .where('asked_at', '>=', now - keep.documents),
            ),
          ),
        ]),
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('credentials').select('fingerprint').whereRef('credentials.client_id', '=', 'step.id'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('grants').select('grants.id').whereRef('grants.client_id', '=', 'step.id'))),
    )
    .execute()
  await tx
    .updateTable('counters')
    .set({ value: last?.number ?? 0 })
    .where('name', '=', PLACE)
    .execute()

  for (const { id } of due) {
    await deleteBesides(tx, id)
    await tx.deleteFrom('clients').where('id', '=', id).execute()
  }
  // All changes lock the rows first and then the counter of the log.
  for (const { id, last_used_at } of due) {
    const why = { at: now, reason: last_used_at === null ? 'never-used' : 'unused' }
    await record(tx, entry(SYSTEM, 'deleted', aboutClient({ id }), why), revoked('client', id))
  }
  return due.length
}
