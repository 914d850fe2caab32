import { sql } from 'kysely'
import type { SigningKey, SigningKeyStore } from '../../ports/stores.ts'
import type { Engine } from '../engine.ts'
import type { Tables } from '../tables.ts'
import { changed, record, revoked, revoking } from './revocations.ts'

export const signingKeyStore = (engine: Engine): SigningKeyStore => ({
  async list() {
    const rows = await engine.db
      .selectFrom('signing_keys')
      .selectAll()
      .where('removed_at', 'is', null)
      .orderBy(sql`retired_at is null`, 'desc') // The keys that sign come first, even if the clock was set back.
      .orderBy('created_at', 'desc')
      .execute()
    return rows.map(asSigningKey)
  },
  async removed(signedAt) {
    const rows = await engine.db
      .selectFrom('signing_keys')
      .selectAll()
      .where('removed_at', 'is not', null)
      .where('retired_at', '>=', signedAt)
      .execute()
    return rows.map(asSigningKey)
  },
  add: (key, when, entry) =>
    revoking(engine, async tx => {
      // Locks out other starting processes until this transaction ends.
      await tx
        .updateTable('counters')
        .set(eb => ({ value: eb.ref('value') }))
        .where('name', '=', 'clients')
        .execute()
      const signing = await tx
        .selectFrom('signing_keys')
        .select('id')
        .where('algorithm', '=', key.algorithm)
        .where('retired_at', 'is', null)
        .where('removed_at', 'is', null)
        .executeTakeFirst()
      if (signing && when === 'if-none') return false
      await tx
        .updateTable('signing_keys')
        .set({ retired_at: entry.at })
        .where('algorithm', '=', key.algorithm)
        .where('retired_at', 'is', null)
        .execute()
      await tx
        .insertInto('signing_keys')
        .values({
          id: key.id,
          algorithm: key.algorithm,
          public_jwk: JSON.stringify(key.publicJwk),
          sealed_private_jwk: key.sealedPrivateJwk,
          created_at: key.createdAt,
          retired_at: null,
          removed_at: null,
        })
        .execute()
      await record(tx, entry, changed('signing-key', key.id))
      return true
    }),
  remove: (id, at, entry) =>
    revoking(engine, async tx => {
      const removed = await tx
        .updateTable('signing_keys')
        .set({ removed_at: at })
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .executeTakeFirst()
      if (removed.numUpdatedRows === 0n) return false
      await record(tx, entry, revoked('signing-key', id))
      return true
    }),
})

const asSigningKey = (row: Tables['signing_keys']): SigningKey => ({
  id: row.id,
  algorithm: row.algorithm as SigningKey['algorithm'],
  publicJwk: JSON.parse(row.public_jwk),
  sealedPrivateJwk: row.sealed_private_jwk,
  createdAt: row.created_at,
  ...(row.retired_at !== null && { retiredAt: row.retired_at }),
  ...(row.removed_at !== null && { removedAt: row.removed_at }),
})
