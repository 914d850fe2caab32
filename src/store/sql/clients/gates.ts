import type { Gate, GateProfile, Preflights } from '../../../model/clients/gate.ts'
import type { GateStore } from '../../../ports/resources.ts'
import type { Engine } from '../../engine.ts'
import type { Tables } from '../../tables.ts'
import { changed, record, revoked, revoking } from '../revocations.ts'

type GateRow = Tables['gates']

export function gateStore(engine: Engine): GateStore {
  const { db } = engine
  return {
    create: (gate, entry) =>
      engine.write(async tx => {
        const made = await tx
          .insertInto('gates')
          .values(fromGate(gate))
          .onConflict(c => c.doNothing())
          .executeTakeFirst()
        if (made.numInsertedOrUpdatedRows !== 1n) return 'name-taken'
        await record(tx, entry)
        return 'created'
      }),
    async byName(name) {
      const row = await db.selectFrom('gates').selectAll().where('name', '=', name).executeTakeFirst()
      return row && toGate(row)
    },
    async list() {
      return (await db.selectFrom('gates').selectAll().orderBy('name').limit(1000).execute()).map(toGate)
    },
    change: (name, { audience, scopes, profile, preflights }, entry) =>
      revoking(engine, async tx => {
        const columns = {
          ...(audience !== undefined && { audience }),
          ...(scopes && { scopes: JSON.stringify(scopes) }),
          ...(profile && { profile }),
          ...(preflights && { preflights }),
        }
        const row = await tx
          .updateTable('gates')
          // The statement needs at least one column, even if nothing changes.
          .set(eb => ({ name: eb.ref('name'), ...columns }))
          .where('name', '=', name)
          .returningAll()
          .executeTakeFirst()
        if (!row) return undefined
        await record(tx, entry, changed('gate', name))
        return toGate(row)
      }),
    delete: (name, entry) =>
      revoking(engine, async tx => {
        const row = await tx.deleteFrom('gates').where('name', '=', name).returningAll().executeTakeFirst()
        if (!row) return undefined
        await record(tx, entry, revoked('gate', name))
        return toGate(row)
      }),
  }
}

const fromGate = ({ name, audience, scopes, profile, preflights, createdAt }: Gate): GateRow => ({
  name,
  audience: audience ?? null,
  scopes: JSON.stringify(scopes),
  profile,
  preflights,
  created_at: createdAt,
})

const toGate = (row: GateRow): Gate => ({
  name: row.name,
  ...(row.audience !== null && { audience: row.audience }),
  scopes: JSON.parse(row.scopes) as string[],
  profile: row.profile as GateProfile,
  preflights: row.preflights as Preflights,
  createdAt: row.created_at,
})
