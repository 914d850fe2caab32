import type { ResourceStore, ScopeStore } from '../../../ports/resources.ts'
import type { Engine } from '../../engine.ts'
import { changed, endAllOf, record, revoked, revoking } from '../revocations.ts'
import { fromResource, toResource } from '../rows.ts'
import { insertClient } from './clients.ts'

export function resourceStore(engine: Engine): ResourceStore {
  const { db } = engine
  return {
    create: (resource, client, entry) =>
      engine.write(async tx => {
        const made = await tx
          .insertInto('resources')
          .values(fromResource(resource))
          .onConflict(c => c.doNothing())
          .executeTakeFirst()
        if (made.numInsertedOrUpdatedRows !== 1n) return 'name-taken'
        await insertClient(tx, client)
        await record(tx, entry)
        return 'created'
      }),
    async byAudience(audience) {
      const row = await db.selectFrom('resources').selectAll().where('audience', '=', audience).executeTakeFirst()
      return row && toResource(row)
    },
    async byClient(clientId) {
      const row = await db.selectFrom('resources').selectAll().where('client_id', '=', clientId).executeTakeFirst()
      return row && toResource(row)
    },
    async list() {
      return (await db.selectFrom('resources').selectAll().orderBy('created_at', 'desc').limit(1000).execute()).map(
        toResource,
      )
    },
    change: (audience, change, entry) =>
      revoking(engine, async tx => {
        const columns = {
          ...(change.name !== undefined && { name: change.name }),
          ...(change.scopes && { scopes: JSON.stringify(change.scopes) }),
          ...(change.tokenFormat && { token_format: change.tokenFormat }),
          ...(change.strictAudience !== undefined && { strict_audience: Number(change.strictAudience) }),
          ...(change.keyConsent !== undefined && { key_consent: Number(change.keyConsent) }),
          ...(change.rollingExpSeconds !== undefined && { rolling_exp_seconds: change.rollingExpSeconds }),
        }
        const row = await tx
          .updateTable('resources')
          // The statement needs at least one column, even if nothing changes.
          .set(eb => ({ audience: eb.ref('audience'), ...columns }))
          .where('audience', '=', audience)
          .returningAll()
          .executeTakeFirst()
        if (!row) return undefined
        await record(tx, entry, changed('resource', audience))
        return toResource(row)
      }),
    delete: (audience, entry) =>
      revoking(engine, async tx => {
        const row = await tx.deleteFrom('resources').where('audience', '=', audience).returningAll().executeTakeFirst()
        if (!row) return false
        await tx.deleteFrom('clients').where('id', '=', row.client_id).execute()
        await tx.deleteFrom('client_secrets').where('client_id', '=', row.client_id).execute()
        await endAllOf(tx, 'client_id', row.client_id, entry.at)
        await record(tx, entry, [...revoked('resource', audience), ...revoked('client', row.client_id)])
        return true
      }),
  }
}

export const scopeStore = (engine: Engine): ScopeStore => ({
  async list() {
    const rows = await engine.db.selectFrom('scopes').selectAll().orderBy('scope').execute()
    return rows.map(({ scope, sentence, risk }) => ({ scope, sentence, risk: risk === 'high' ? 'high' : 'low' }))
  },
  put: (scope, entry) =>
    engine.write(async tx => {
      const { sentence, risk } = scope
      await tx
        .insertInto('scopes')
        .values(scope)
        .onConflict(c => c.column('scope').doUpdateSet({ sentence, risk }))
        .execute()
      await record(tx, entry)
    }),
  delete: (scope, entry) =>
    engine.write(async tx => {
      const gone = await tx.deleteFrom('scopes').where('scope', '=', scope).executeTakeFirst()
      if (gone.numDeletedRows === 0n) return false
      await record(tx, entry)
      return true
    }),
})
