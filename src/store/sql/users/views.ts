import type { ViewPage } from '../../../model/users/saved-view.ts'
import type { ViewStore } from '../../../ports/views.ts'
import type { Engine } from '../../engine.ts'
import { record } from '../revocations.ts'

export const viewStore = (engine: Engine): ViewStore => ({
  async ofUser(userId) {
    const rows = await engine.db.selectFrom('views').selectAll().where('user_id', '=', userId).orderBy('name').execute()
    return rows.map(({ name, page, query, created_at }) => ({
      name,
      page: page as ViewPage,
      query,
      createdAt: created_at,
    }))
  },
  put: (userId, { name, page, query, createdAt }, most, entry) =>
    engine.write(async tx => {
      const others = tx.selectFrom('views').select('name').where('user_id', '=', userId).where('name', '!=', name)
      if ((await others.limit(most).execute()).length >= most) return 'too-many' as const
      await tx
        .insertInto('views')
        .values({ user_id: userId, name, page, query, created_at: createdAt })
        .onConflict(c => c.columns(['user_id', 'name']).doUpdateSet({ page, query }))
        .execute()
      await record(tx, entry)
      return 'kept' as const
    }),
  delete: (userId, name, entry) =>
    engine.write(async tx => {
      const gone = tx.deleteFrom('views').where('user_id', '=', userId).where('name', '=', name)
      if ((await gone.executeTakeFirst()).numDeletedRows === 0n) return false
      await record(tx, entry)
      return true
    }),
})
