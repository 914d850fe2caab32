import { sql } from 'kysely'
import { DAY } from '../../../model/span.ts'
import type { FamiliarStore } from '../../../ports/attempts.ts'
import type { Engine } from '../../engine.ts'

export function familiarStore(engine: Engine): FamiliarStore {
  const find = (key: string) => engine.db.selectFrom('familiar_networks').select('at').where('key', '=', key)
  return {
    has: async key => (await find(key).executeTakeFirst()) !== undefined,
    async add(key) {
      const today = sql<number>`${engine.clock()} - ${sql.lit(DAY)}`
      if (await find(key).where('at', '>', today).executeTakeFirst()) return
      await engine.write(tx =>
        tx
          .insertInto('familiar_networks')
          .values({ key, at: engine.clock() })
          .onConflict(conflict => conflict.column('key').doUpdateSet({ at: engine.clock() }))
          .execute(),
      )
    },
  }
}
