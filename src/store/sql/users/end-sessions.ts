import type { Credential, Grant } from '../../../model/credentials/credential.ts'
import { rootOf } from '../../../model/users/session.ts'
import type { Transaction } from '../../engine.ts'
import { endGrants, type RevocationItem, revoked } from '../revocations.ts'
import { hasId, toCredential } from '../rows.ts'

/** The number of values in one list, below the parameter limit of both databases. */
const AT_ONCE = 200

/**
 * Ends the OpenID Connect grants of these sessions that lack `offline_access`, and makes the notices for their clients
 * due. Runs in the transaction that ends the sessions, before it changes them, because a refresh locks a grant before
 * its credentials. Returns log lines.
 */
export async function endGrantsOfSessions(
  tx: Transaction,
  sessions: readonly Credential<'session'>[],
  at: number,
): Promise<RevocationItem[]> {
  const log: RevocationItem[] = []
  for (let i = 0; i < sessions.length; i += AT_ONCE) {
    const roots = sessions.slice(i, i + AT_ONCE).map(rootOf)
    await giveNotice(tx, roots, at)
    const grants = await tx
      .selectFrom('grants')
      .select(['id', 'scopes'])
      .where('session_id', 'in', roots)
      .where('openid', 'is not', null)
      .where('revoked_at', 'is', null)
      .execute()
    const ids = grants.filter(({ scopes }) => !JSON.parse(scopes).includes('offline_access')).map(({ id }) => id)
    log.push(...(await endWithTokens(tx, ids, at)))
  }
  return log
}

async function endWithTokens(tx: Transaction, ids: readonly string[], at: number): Promise<RevocationItem[]> {
  if (ids.length === 0) return []
  await endGrants(tx, ids, at)
  const tokens = tx.updateTable('credentials').set({ revoked_at: at }).where('grant_id', 'in', ids)
  await tokens.where('revoked_at', 'is', null).execute()
  return revoked('grant', ...ids)
}

/**
 * Locks the live session of a grant until the transaction ends. The end of the session then either comes first, or ends the
 * new grant too. True for a grant without a session.
 */
export async function holdSession(tx: Transaction, { userId, sessionId }: Grant): Promise<boolean> {
  if (userId === undefined || sessionId === undefined) return true
  const live = (await sessionsOf(tx, userId)).filter(session => rootOf(session) === sessionId)
  for (const { id } of live) if (await holdCredential(tx, id)) return true
  return false
}

/** Locks a credential until the transaction ends; false if it was revoked. */
export async function holdCredential(tx: Transaction, id: string): Promise<boolean> {
  const held = tx.updateTable('credentials').set(eb => ({ hint: eb.ref('hint') }))
  const unrevoked = held.where(hasId(id)).where('revoked_at', 'is', null)
  return (await unrevoked.executeTakeFirst()).numUpdatedRows === 1n
}

/** The live sessions of this user. */
export async function sessionsOf(tx: Transaction, userId: string): Promise<Credential<'session'>[]> {
  const rows = tx.selectFrom('credentials').selectAll().where('user_id', '=', userId)
  const live = await rows.where('kind', '=', 'session').where('revoked_at', 'is', null).execute()
  return live.map(row => toCredential(row) as Credential<'session'>)
}

/** Makes the notices of these sessions due, once. `undefined`: the notices of all sessions. */
export async function giveNotice(tx: Transaction, roots: readonly string[] | undefined, at: number): Promise<void> {
  if (roots?.length === 0) return
  const due = tx.updateTable('logout_notices').set({ next_at: at }).where('next_at', 'is', null).where('tries', '=', 0)
  await (roots ? due.where('session_id', 'in', roots) : due).execute()
}

/** Notes that a client with a back-channel address takes part in a session, so that the client is notified of its end. */
export async function noteParticipant(
  tx: Transaction,
  { sessionId, clientId, userId, createdAt }: Grant,
): Promise<void> {
  if (sessionId === undefined || userId === undefined) return
  await tx
    .insertInto('logout_notices')
    .columns(['session_id', 'client_id', 'user_id', 'created_at', 'tries'])
    .expression(({ selectFrom, val }) =>
      selectFrom('clients')
        .select([
          val(sessionId).as('session_id'),
          'clients.id as client_id',
          val(userId).as('user_id'),
          val(createdAt).as('created_at'),
          val(0).as('tries'),
        ])
        .where('id', '=', clientId)
        .where('metadata', 'like', '%"backchannelLogoutUri"%'),
    )
    .onConflict(conflict => conflict.columns(['session_id', 'client_id']).doUpdateSet({ created_at: createdAt }))
    .execute()
}
