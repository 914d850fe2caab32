import type { ExpressionBuilder } from 'kysely'
import { aboutClient, entry } from '../../../model/journal.ts'
import { SYSTEM } from '../../../model/users/actor.ts'
import type { Retention } from '../../../ports/retention.ts'
import type { Transaction } from '../../engine.ts'
import type { ClientRow, Tables } from '../../tables.ts'
import { record, revoked } from '../revocations.ts'
import { deleteBesides } from './clients.ts'

const PLACE = 'unused-clients'
/** The client uses this token to manage its registration, which does not count as use of the client. */
const OWN_TOKEN = 'registration-token'

/**
 * Deletes self-registered applications that were not used for a long time. They have no owner, and no credential or
 * grant that was valid recently. Each call reads a few clients; a row of `counters` stores the position.
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
    .where(eb =>
      eb.or([
        abandoned(eb, now - keep.applications),
        unusedByItself(eb, now - keep.registrations),
        forgotten(eb, now - keep.documents),
      ]),
    )
    .execute()
  await tx
    .updateTable('counters')
    .set({ value: last?.number ?? 0 })
    .where('name', '=', PLACE)
    .execute()

  for (const { id } of due) {
    await deleteBesides(tx, id)
    await tx.deleteFrom('credentials').where('client_id', '=', id).where('kind', '=', OWN_TOKEN).execute()
    await tx.deleteFrom('clients').where('id', '=', id).execute()
  }
  // All changes lock the rows first and then the counter of the log.
  for (const { id, last_used_at } of due) {
    const why = { at: now, reason: last_used_at === null ? 'never-used' : 'unused' }
    await record(tx, entry(SYSTEM, 'deleted', aboutClient({ id }), why), revoked('client', id))
  }
  return due.length
}

type Step = ExpressionBuilder<Tables & { step: ClientRow }, 'step'>

/** True if the client has neither credentials nor grants. */
const holdsNothing = ({ and, not, exists, selectFrom }: Step) =>
  and([
    not(exists(selectFrom('credentials').select('fingerprint').whereRef('credentials.client_id', '=', 'step.id'))),
    not(exists(selectFrom('grants').select('grants.id').whereRef('grants.client_id', '=', 'step.id'))),
  ])

/** True if the client registered with an older system and was not used for a long time. */
const abandoned = (eb: Step, before: number) =>
  eb.and([
    eb('step.owner_id', 'is', null),
    eb('step.source', 'not in', ['operator', 'resource-server', 'dynamic', 'document']),
    eb(eb.fn.coalesce('step.last_used_at', 'step.created_at'), '<', before),
    holdsNothing(eb),
  ])

/**
 * True if a document describes the client, which comes back with its next request. Keeps a client that staff blocked or
 * reviewed.
 */
const forgotten = (eb: Step, before: number) =>
  eb.and([
    eb('step.source', '=', 'document'),
    eb('step.owner_id', 'is', null),
    eb('step.active', '=', 1),
    eb('step.reviewed_at', 'is', null),
    eb.not(
      eb.exists(
        eb
          .selectFrom('client_documents')
          .select('client_documents.client_id')
          .whereRef('client_documents.client_id', '=', 'step.id')
          .where('client_documents.asked_at', '>=', before),
      ),
    ),
    holdsNothing(eb),
  ])

/** True if the client registered by RFC 7591 and had no valid credential or grant since this time. */
function unusedByItself(eb: Step, before: number) {
  const { not, exists, selectFrom } = eb
  const credentials = selectFrom('credentials')
    .select('fingerprint')
    .whereRef('credentials.client_id', '=', 'step.id')
    .where('credentials.kind', '!=', OWN_TOKEN)
    .where(of => of.or([of('credentials.expires_at', 'is', null), of('credentials.expires_at', '>=', before)]))
    .where(of => of.or([of('credentials.revoked_at', 'is', null), of('credentials.revoked_at', '>=', before)]))
  const grants = selectFrom('grants')
    .select('grants.id')
    .whereRef('grants.client_id', '=', 'step.id')
    .where(of => of.or([of('grants.ends_at', 'is', null), of('grants.ends_at', '>=', before)]))
    .where(of => of.or([of('grants.revoked_at', 'is', null), of('grants.revoked_at', '>=', before)]))
  return eb.and([
    eb('step.source', '=', 'dynamic'),
    eb(eb.fn.coalesce('step.last_used_at', 'step.created_at'), '<', before),
    not(exists(credentials)),
    not(exists(grants)),
  ])
}
