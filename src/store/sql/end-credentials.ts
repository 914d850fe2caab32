import { type Expression, expressionBuilder, type SqlBool } from 'kysely'
import type { RevocationFilter } from '../../ports/revocation-filter.ts'
import type { Transaction } from '../engine.ts'
import type { Tables } from '../tables.ts'
import { endGrants, type RevocationItem, revoked } from './revocations.ts'
import { credentialId, hasId } from './rows.ts'

/**
 * Ends all live credentials that fit, with the grants they came from; the lines for the log are its caller's to record
 * with the entry. Grants first: a refresh
 * under way waits for its grant, or is waited for, and what it made is ended with the rest.
 */
export async function endCredentials(
  tx: Transaction,
  of: RevocationFilter,
  at: number,
): Promise<{ count: number; log: RevocationItem[] }> {
  if (!of.userId && !of.clientId) throw new Error('ending credentials needs an owner')
  // What is being made for this user at this moment was decided in an epoch that ends here.
  if (of.userId)
    await tx
      .updateTable('users')
      .set(eb => ({ epoch: eb('epoch', '+', 1) }))
      .where('id', '=', of.userId)
      .execute()
  const fitting = await fit(tx, of)
  const granted = tx.selectFrom('credentials').select('grant_id').distinct().where('grant_id', 'is not', null)
  const grants = (await granted.where(fitting).execute()).map(row => row.grant_id as string)
  await endGrants(tx, grants, at)
  const dead = await tx
    .updateTable('credentials')
    .set({ revoked_at: at })
    .where(fitting)
    .returning('fingerprint')
    .execute()
  const ids = dead.map(row => credentialId(row.fingerprint))
  return { count: ids.length, log: [...revoked('credential', ...ids), ...revoked('grant', ...grants)] }
}

async function fit(tx: Transaction, of: RevocationFilter): Promise<Expression<SqlBool>> {
  const eb = expressionBuilder<Tables, 'credentials'>()
  const all: Expression<SqlBool>[] = [eb('revoked_at', 'is', null)]
  if (of.userId) all.push(eb('user_id', '=', of.userId))
  if (of.clientId) all.push(eb('client_id', '=', of.clientId))
  if (of.kinds) all.push(eb('kind', 'in', of.kinds))
  if (of.except) {
    const except = hasId(credentialId(of.except))
    const staying = await tx.selectFrom('credentials').select('grant_id').where(except).executeTakeFirst()
    const grant = staying?.grant_id ?? ''
    all.push(eb.not(except), eb.or([eb('grant_id', 'is', null), eb('grant_id', '!=', grant)]))
  }
  return eb.and(all)
}
