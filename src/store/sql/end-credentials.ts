import { type Expression, expressionBuilder, type SqlBool } from 'kysely'
import type { CredentialKind } from '../../model/credential.ts'
import type { RevocationFilter } from '../../ports/revocation-filter.ts'
import type { Transaction } from '../engine.ts'
import type { Tables } from '../tables.ts'
import { changed, endGrants, headNumber, type RevocationItem, revoked } from './revocations.ts'
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
  // Its row before the counter of the log, as every change of a client does it: no deadlock.
  const tokensOf = ofKind(of, 'access-token') ? of.clientId : undefined
  if (tokensOf !== undefined) await holdClient(tx, tokensOf)
  const staying = of.except === undefined ? undefined : await grantOf(tx, of.except)
  const fitting = fit(of, staying)
  const granted = tx.selectFrom('credentials').select('grant_id').distinct().where('grant_id', 'is not', null)
  const grants = new Set((await granted.where(fitting).execute()).map(row => row.grant_id as string))
  for (const id of await grantsWithTokens(tx, of, staying)) grants.add(id)
  await endGrants(tx, [...grants], at)
  const dead = await tx
    .updateTable('credentials')
    .set({ revoked_at: at })
    .where(fitting)
    .returning('fingerprint')
    .execute()
  const ids = dead.map(row => credentialId(row.fingerprint))
  const client = tokensOf === undefined ? [] : changed('client', tokensOf)
  return { count: ids.length, log: [...revoked('credential', ...ids), ...revoked('grant', ...grants), ...client] }
}

/** After the lines of an ending are written: what the client issued to itself until then, without a row, was before this line. */
export async function beginClientEpoch(tx: Transaction, of: RevocationFilter): Promise<void> {
  if (of.clientId === undefined || !ofKind(of, 'access-token')) return
  const epoch = await headNumber(tx)
  await tx.updateTable('clients').set({ epoch }).where('id', '=', of.clientId).execute()
}

const ofKind = ({ kinds }: RevocationFilter, kind: CredentialKind): boolean => !kinds || kinds.includes(kind)

/** Grants whose access tokens may have no row. */
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
