import { type Expression, expressionBuilder, type SqlBool } from 'kysely'
import type { CredentialKind } from '../../../model/credentials/credential.ts'
import type { RevocationFilter } from '../../../ports/revocation-filter.ts'
import type { Transaction } from '../../engine.ts'
import type { Tables } from '../../tables.ts'
import { changed, endGrants, headNumber, type RevocationItem, revoked } from '../revocations.ts'
import { credentialId, hasId } from '../rows.ts'
import { endGrantsOfSessions, sessionsOf } from '../users/end-sessions.ts'

/**
 * Ends all live credentials that match, and the grants from which they were issued. The caller records the returned log
 * lines with the entry. Grants are locked first, so that a concurrent refresh runs completely before or after this
 * call; its new tokens are ended too.
 */
export async function endCredentials(
  tx: Transaction,
  of: RevocationFilter,
  at: number,
): Promise<{ count: number; log: RevocationItem[] }> {
  if (!of.userId && !of.clientId) throw new Error('ending credentials needs an owner')
  // Credentials that are being issued to this user belong to the epoch that ends here, so the store refuses them.
  if (of.userId)
    await tx
      .updateTable('users')
      .set(eb => ({ epoch: eb('epoch', '+', 1) }))
      .where('id', '=', of.userId)
      .execute()
  // Locks the client before the counter of the log, in the order of all changes of a client, to avoid a deadlock.
  const tokensOf = ofKind(of, 'access-token') ? of.clientId : undefined
  if (tokensOf !== undefined) await holdClient(tx, tokensOf)
  const staying = of.except === undefined ? undefined : await grantOf(tx, of.except)
  const fitting = fit(of, staying)
  const granted = tx.selectFrom('credentials').select('grant_id').distinct().where('grant_id', 'is not', null)
  const grants = new Set((await granted.where(fitting).execute()).map(row => row.grant_id as string))
  for (const id of await grantsWithTokens(tx, of, staying)) grants.add(id)
  await endGrants(tx, [...grants], at)
  const sessions = ofKind(of, 'session') && of.userId ? await sessionsOf(tx, of.userId) : []
  const ending = sessions.filter(({ fingerprint }) => fingerprint !== of.except)
  const withSessions = await endGrantsOfSessions(tx, ending, at)
  const dead = await tx
    .updateTable('credentials')
    .set({ revoked_at: at })
    .where(fitting)
    .returning('fingerprint')
    .execute()
  const ids = dead.map(row => credentialId(row.fingerprint))
  const client = tokensOf === undefined ? [] : changed('client', tokensOf)
  return {
    count: ids.length,
    log: [...revoked('credential', ...ids), ...revoked('grant', ...grants), ...withSessions, ...client],
  }
}

/** Call after the log lines are written. Tokens without a row that the client got for itself have an older epoch and so are ended. */
export async function beginClientEpoch(tx: Transaction, of: RevocationFilter): Promise<void> {
  if (of.clientId === undefined || !ofKind(of, 'access-token')) return
  const epoch = await headNumber(tx)
  await tx.updateTable('clients').set({ epoch }).where('id', '=', of.clientId).execute()
}

const ofKind = ({ kinds }: RevocationFilter, kind: CredentialKind): boolean => !kinds || kinds.includes(kind)

/** Grants that may have access tokens without a row. */
async function grantsWithTokens(tx: Transaction, of: RevocationFilter, staying: string | undefined): Promise<string[]> {
  if (!ofKind(of, 'access-token')) return []
  let grants = tx
    .selectFrom('grants')
    .select('id')
    .where('revoked_at', 'is', null)
    .where('activated_at', 'is not', null)
  if (of.userId) grants = grants.where('user_id', '=', of.userId)
  if (of.clientId) grants = grants.where('client_id', '=', of.clientId)
  if (staying !== undefined) grants = grants.where('id', '!=', staying)
  return (await grants.execute()).map(({ id }) => id)
}

async function grantOf(tx: Transaction, fingerprint: string): Promise<string | undefined> {
  const credential = tx
    .selectFrom('credentials')
    .select('grant_id')
    .where(hasId(credentialId(fingerprint)))
  return (await credential.executeTakeFirst())?.grant_id ?? undefined
}

const holdClient = (tx: Transaction, id: string) =>
  tx
    .updateTable('clients')
    .set(eb => ({ id: eb.ref('id') }))
    .where('id', '=', id)
    .execute()

function fit(of: RevocationFilter, staying: string | undefined): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'credentials'>()
  const all: Expression<SqlBool>[] = [eb('revoked_at', 'is', null)]
  if (of.userId) all.push(eb('user_id', '=', of.userId))
  if (of.clientId) all.push(eb('client_id', '=', of.clientId))
  if (of.kinds) all.push(eb('kind', 'in', of.kinds))
  if (of.except) {
    all.push(eb.not(hasId(credentialId(of.except))))
    all.push(eb.or([eb('grant_id', 'is', null), eb('grant_id', '!=', staying ?? '')]))
  }
  return eb.and(all)
}
