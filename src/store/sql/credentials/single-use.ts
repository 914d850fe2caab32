import { type RawBuilder, sql } from 'kysely'
import type { Credential } from '../../../model/credentials/credential.ts'
import type { Rotation, RotationOutcome, Spend } from '../../../ports/credential-changes.ts'
import type { CredentialStore } from '../../../ports/stores.ts'
import type { Engine, Transaction } from '../../engine.ts'
import { changed, record, revoking } from '../revocations.ts'
import { fromCredential, hasId, toCredential } from '../rows.ts'
import { writeData } from './credential-data.ts'

/** Operations of which only one of several parallel calls succeeds. One conditional statement decides, and all effects commit with it. */
export const singleUse = (engine: Engine): Pick<CredentialStore, 'redeem' | 'rotate' | 'issueBeside' | 'replace'> => ({
  redeem: (spending, entry) =>
    engine
      .write(async tx => {
        // The grant is locked before the code, in the same order as in a revocation, to avoid a deadlock.
        if (spending.activatesGrant && !(await activate(tx, spending.activatesGrant, spending))) throw new Lost()
        if (!(await spend(tx, spending))) throw new Lost()
        await insertAll(tx, spending.issues)
        await record(tx, entry)
        return 'redeemed' as const
      })
      .catch((error: unknown) => {
        if (error instanceof Lost) return 'spent' as const
        throw error
      }),

  rotate: (rotation, entry) =>
    engine.write(async (tx): Promise<RotationOutcome> => {
      // The row of the family decides: one rotation per generation, and none after the grant has ended.
      const stepped = await tx
        .updateTable('grants')
        .set({ generation: rotation.generation + 1, answer: rotation.sealedAnswer, rotated_at: engine.clock() })
        .set(gaveOut(rotation.issues))
        .where('id', '=', rotation.grantId)
        .where('generation', '=', rotation.generation)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      if (stepped.numUpdatedRows !== 1n) return lateFor(engine, tx, rotation)
      await tx
        .updateTable('credentials')
        .set({ spent_at: rotation.at })
        .where('fingerprint', '=', rotation.spends)
        .execute()
      await insertAll(tx, rotation.issues)
      await record(tx, entry)
      return { outcome: 'rotated' }
    }),

  issueBeside: ({ grantId, generation }, issues, entry) =>
    engine.write(async tx => {
      // Locks the row of the family, so that no rotation or revocation can run meanwhile.
      const held = await tx
        .updateTable('grants')
        .set({ generation, ...gaveOut(issues) })
        .where('id', '=', grantId)
        .where('generation', '=', generation)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      if (held.numUpdatedRows !== 1n) return 'gone'
      await insertAll(tx, issues)
      await record(tx, entry)
      return 'issued'
    }),

  replace: ({ id, at, overlapEndsAt, successor }, entry) =>
    revoking(engine, async tx => {
      const row = await tx
        .updateTable('credentials')
        .set({ spent_at: at })
        .where(hasId(id))
        .where('spent_at', 'is', null)
        .where('revoked_at', 'is', null)
        .returningAll()
        .executeTakeFirst()
      if (!row) return 'gone'
      // The update has locked this row until the transaction ends, so no parallel change can happen between reading and writing.
      const old = toCredential(row)
      const ends = {
        expires_at: Math.min(old.expiresAt ?? overlapEndsAt, overlapEndsAt),
        data: writeData({ ...old, data: { ...old.data, successor: successor.id } } as Credential),
      }
      await tx.updateTable('credentials').set(ends).where('fingerprint', '=', old.fingerprint).execute()
      await insertAll(tx, [successor])
      await record(tx, entry, changed('credential', id))
      return 'replaced'
    }),
})

/** Uses up a single-use secret; true for exactly one of all parallel calls. */
export async function spend(
  tx: Transaction,
  { fingerprint, kind, at }: Pick<Spend, 'fingerprint' | 'kind' | 'at'>,
): Promise<boolean> {
  const spent = await tx
    .updateTable('credentials')
    .set({ spent_at: at })
    .where('fingerprint', '=', fingerprint)
    .where('kind', '=', kind)
    .where('spent_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where(eb => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', at)]))
    .executeTakeFirst()
  return spent.numUpdatedRows === 1n
}

/** Rolls back a redemption whose code or grant was already used or ended. */
class Lost extends Error {}

/** Tells why a rotation failed: a repeated request, a reuse, or an ended grant. */
async function lateFor(
  engine: Engine,
  tx: Transaction,
  { grantId, generation, replayWithin }: Rotation,
): Promise<RotationOutcome> {
  const family = tx.selectFrom('grants').selectAll().select(engine.clock().as('now')).where('id', '=', grantId)
  const grant = await family.executeTakeFirst()
  if (!grant || grant.revoked_at !== null) return { outcome: 'revoked' }
  // Both times come from the same clock. A negative age means that the clock was set back, so the request does not count as repeated.
  const age = grant.now - (grant.rotated_at ?? 0)
  const justBefore = grant.generation === generation + 1 && age >= 0 && replayWithin > 0 && age <= replayWithin
  return justBefore && grant.answer ? { outcome: 'repeated', sealedAnswer: grant.answer } : { outcome: 'reused' }
}

async function activate(
  tx: Transaction,
  grantId: string,
  { at, issues }: Pick<Spend, 'at' | 'issues'>,
): Promise<boolean> {
  const activated = await tx
    .updateTable('grants')
    .set({ activated_at: at, ...gaveOut(issues) })
    .where('id', '=', grantId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return activated.numUpdatedRows === 1n
}

/** The values that a grant stores about issued credentials: the number of tokens and the latest expiry. */
function gaveOut(issues: readonly Credential[]): Record<'tokens_issued' | 'ends_at', RawBuilder<number>> {
  const tokens = issues.filter(({ kind }) => kind === 'access-token').length
  const ends = issues.map(({ expiresAt }) => expiresAt)
  const known = Math.max(0, ...ends.filter(end => end !== undefined))
  return {
    tokens_issued: sql<number>`tokens_issued + cast(${tokens} as bigint)`,
    // A null stays null, because the grant has or had a credential without expiry.
    ends_at: ends.includes(undefined)
      ? sql<number>`null`
      : sql<number>`case when ends_at < cast(${known} as bigint) then cast(${known} as bigint) else ends_at end`,
  }
}

/** Inserts rows for all credentials except statements. */
export async function insertAll(tx: Transaction, credentials: readonly Credential[]): Promise<void> {
  const rows = credentials.filter(({ stated }) => !stated).map(fromCredential)
  if (rows.length > 0) await tx.insertInto('credentials').values(rows).execute()
}
