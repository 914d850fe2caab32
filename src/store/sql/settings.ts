import type { IdempotencyStore, SettingStore } from '../../ports/stores.ts'
import type { Engine, Transaction } from '../engine.ts'
import { record } from './revocations.ts'

export const settingStore = (engine: Engine): SettingStore => {
  const get = async (name: string) =>
    (await engine.db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst())?.value
  return {
    get,
    claim: (name, value) =>
      engine.write(async tx => {
        await tx
          .insertInto('settings')
          .values({ name, value })
          .onConflict(c => c.doNothing())
          .execute()
        return (await tx.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirstOrThrow())
          .value
      }),
    set: (name, value, entry) =>
      engine.write(async tx => {
        await put(tx, name, value)
        await record(tx, entry)
      }),
    note: (name, value) => engine.write(tx => put(tx, name, value)),
  }
}

async function put(tx: Transaction, name: string, value: string): Promise<void> {
  await tx
    .insertInto('settings')
    .values({ name, value })
    .onConflict(c => c.column('name').doUpdateSet({ value }))
    .execute()
}

export const idempotencyStore = (engine: Engine): IdempotencyStore => ({
  claim: claim =>
    engine.write(async tx => {
      const { caller, key, requestHash, expiresAt } = claim
      const row = { request_hash: requestHash, answer: '', expires_at: expiresAt }
      const made = await tx
        .insertInto('idempotency')
        .values({ caller, key, ...row })
        // An expired row is replaced.
        .onConflict(c => c.columns(['caller', 'key']).doUpdateSet(row).where('idempotency.expires_at', '<', claim.at))
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows === 1n) return 'claimed'
      const known = await tx
        .selectFrom('idempotency')
        .selectAll()
        .where('caller', '=', caller)
        .where('key', '=', key)
        .executeTakeFirstOrThrow()
      return known.answer === ''
        ? { requestHash: known.request_hash }
        : { requestHash: known.request_hash, answer: known.answer }
    }),
  answer: async ({ caller, key }, answer) => {
    await engine.write(tx =>
      tx.updateTable('idempotency').set({ answer }).where('caller', '=', caller).where('key', '=', key).execute(),
    )
  },
  release: async ({ caller, key }) => {
    await engine.write(tx => tx.deleteFrom('idempotency').where('caller', '=', caller).where('key', '=', key).execute())
  },
})
