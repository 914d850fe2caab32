import type { IdempotencyStore, SettingStore } from '../../ports/stores.ts'
import type { Engine } from '../engine.ts'
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
        await tx
          .insertInto('settings')
          .values({ name, value })
          .onConflict(c => c.column('name').doUpdateSet({ value }))
          .execute()
        await record(tx, entry)
      }),
  }
}

export const idempotencyStore = (engine: Engine): IdempotencyStore => ({
  async recall(caller, key) {
    const row = await engine.db
      .selectFrom('idempotency')
      .selectAll()
      .where('caller', '=', caller)
      .where('key', '=', key)
      .where('expires_at', '>', Date.now())
      .executeTakeFirst()
    return row && { requestHash: row.request_hash, answer: row.answer }
  },
  remember: (caller, key, requestHash, answer, expiresAt) =>
    engine.write(async tx => {
      await tx
        .insertInto('idempotency')
        .values({ caller, key, request_hash: requestHash, answer, expires_at: expiresAt })
        // What has ended makes room; what has not, stays.
        .onConflict(c =>
          c
            .columns(['caller', 'key'])
            .doUpdateSet({ request_hash: requestHash, answer, expires_at: expiresAt })
            .where('idempotency.expires_at', '<=', Date.now()),
        )
        .execute()
    }),
})
