import type { Ending } from '../../ports/stores.ts'
import type { Transaction } from '../engine.ts'
import { appendRevocations, type Fall } from './revocations.ts'
import { credentialId } from './rows.ts'

/** Ends all live credentials that fit, with the grants they came from. Returns how many died. */
export async function endCredentials(tx: Transaction, of: Ending, at: number): Promise<number> {
  if (!of.userId && !of.clientId) throw new Error('ending credentials needs an owner')
  let update = tx.updateTable('credentials').set({ revoked_at: at }).where('revoked_at', 'is', null)
  if (of.userId) update = update.where('user_id', '=', of.userId)
  if (of.clientId) update = update.where('client_id', '=', of.clientId)
  if (of.kinds) update = update.where('kind', 'in', of.kinds)
  if (of.except) {
    const stays = credentialId(of.except)
    const staying = await tx
      .selectFrom('credentials')
      .select('grant_id')
      .where('fingerprint', '>=', stays)
      .where('fingerprint', '<', `${stays}~`)
      .executeTakeFirst()
    const grant = staying?.grant_id ?? ''
    update = update
      .where(eb => eb.or([eb('fingerprint', '<', stays), eb('fingerprint', '>', `${stays}~`)]))
      .where(eb => eb.or([eb('grant_id', 'is', null), eb('grant_id', '!=', grant)]))
  }
  const dead = await update.returning(['fingerprint', 'grant_id']).execute()
  const grants = [...new Set(dead.map(row => row.grant_id).filter(id => id !== null))]
  if (grants.length > 0)
    await tx.updateTable('grants').set({ revoked_at: at, answer: null }).where('id', 'in', grants).execute()
  const falls: Fall[] = dead.map(row => ({
    subject: 'credential',
    subjectId: credentialId(row.fingerprint),
    effect: 'revoked',
  }))
  falls.push(...grants.map((subjectId): Fall => ({ subject: 'grant', subjectId, effect: 'revoked' })))
  await appendRevocations(tx, at, falls)
  return dead.length
}
