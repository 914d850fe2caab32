import { expressionBuilder, type SqlBool, sql, type Updateable } from 'kysely'
import type { Client, NewClient } from '../../../model/clients/client.ts'
import type { ClientChange, ClientStore } from '../../../ports/stores.ts'
import type { Engine, Transaction } from '../../engine.ts'
import type { ClientRow, Tables } from '../../tables.ts'
import { scanBoundedByNumber } from '../bounded-scan.ts'
import { holdsScopeOf } from '../credentials/with-scopes.ts'
import { cursorAt, literally } from '../paging.ts'
import {
  changed,
  endAllOf,
  headNumber,
  nextNumber,
  type RevocationItem,
  record,
  revoked,
  revoking,
} from '../revocations.ts'
import { fromClient, toClient } from './client-rows.ts'

export function clientStore(engine: Engine): ClientStore {
  const { db } = engine
  return {
    create: (client, entry) =>
      engine.write(async tx => {
        const stored = await insertClient(tx, client)
        await record(tx, entry)
        return stored
      }),

    async byId(id) {
      const row = await ownedClients(db).where('id', '=', id).executeTakeFirst()
      return row && toClient(row, await secretsOf(db, id))
    },

    async byNumber(number) {
      const row = await ownedClients(db).where('number', '=', number).executeTakeFirst()
      return row && toClient(row, await secretsOf(db, row.id))
    },

    async byIds(ids) {
      if (ids.length === 0) return []
      return (await ownedClients(db).where('id', 'in', ids).execute()).map(row => toClient(row))
    },

    list({ ownerId, source, type, search, review, api }, page) {
      const eb = expressionBuilder<Tables, 'clients'>()
      const walked = [
        ownerId && eb('owner_id', '=', ownerId),
        source && eb('source', '=', source),
        review && WAITING,
      ].filter(one => !!one)
      const fitting = [
        type && eb('type', '=', type),
        api && holdsScopeOf(api),
        search && sql<SqlBool>`lower(name) like ${`%${literally(search)}%`} escape '!'`,
      ].filter(one => !!one)
      const numbers = db.selectFrom('clients').select('number').where(eb.and(walked))
      const clients = ownedClients(db).where(eb.and([...walked, ...fitting]))
      return scanBoundedByNumber({
        column: 'number',
        page,
        numberAt: async (between, direction, offset) =>
          (await numbers.where(between).orderBy('number', direction).offset(offset).limit(1).executeTakeFirst())
            ?.number,
        read: (between, direction, limit) => clients.where(between).orderBy('number', direction).limit(limit).execute(),
        shape: row => toClient(row),
        numberOf: row => row.number,
      })
    },

    cursorAfter: client => cursorAt([client.number]),

    change: (id, change, entry) =>
      revoking(engine, async tx => {
        if (change.ownerId !== undefined && !(await holdOwner(tx, change.ownerId))) return undefined
        const row = await tx
          .updateTable('clients')
          // The statement needs at least one column, even if nothing changes.
          .set(eb => ({ id: eb.ref('id'), ...columnsOf(change) }))
          .where('id', '=', id)
          .returning('active')
          .executeTakeFirst()
        if (!row) return undefined
        await record(tx, entry, (row.active === 1 ? changed : revoked)('client', id))
        const after = await ownedClients(tx).where('id', '=', id).executeTakeFirstOrThrow()
        return toClient(after, await secretsOf(tx, id))
      }),

    delete: (id, entry) =>
      revoking(engine, async tx => {
        const gone = await tx.deleteFrom('clients').where('id', '=', id).executeTakeFirst()
        if (gone.numDeletedRows === 0n) return false
        await deleteBesides(tx, id)
        await endAllOf(tx, 'client_id', id, entry.at)
        await record(tx, entry, revoked('client', id))
        return true
      }),

    addSecret: (id, secret, othersEndAt, entry) =>
      revoking(engine, async tx => {
        const client = await tx.selectFrom('clients').select('id').where('id', '=', id).executeTakeFirst()
        if (!client) return false
        if (othersEndAt !== undefined) {
          await tx
            .updateTable('client_secrets')
            .set({ expires_at: othersEndAt })
            .where('client_id', '=', id)
            .where(eb => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', othersEndAt)]))
            .execute()
        }
        await insertSecrets(tx, id, [secret])
        await record(tx, entry, changed('client', id))
        return true
      }),
  }
}

/** The exact condition of the partial index. */
const WAITING = sql<SqlBool>`reviewed_at is null and active = 1 and source not in ('operator', 'resource-server')`

/** Clients with the state of their owner. */
export const ownedClients = (db: Transaction) =>
  db
    .selectFrom('clients')
    .selectAll('clients')
    .select(eb =>
      eb.selectFrom('users').select('users.active').whereRef('users.id', '=', 'clients.owner_id').as('owner_active'),
    )

/** Returns the log lines about the applications of this owner, because a disabled or deleted owner stops these applications. */
export async function endWithOwner(
  tx: Transaction,
  ownerId: string,
  effect: RevocationItem['effect'],
): Promise<RevocationItem[]> {
  const owned = await tx.selectFrom('clients').select('id').where('owner_id', '=', ownerId).execute()
  return owned.map(({ id }) => ({ subject: 'client', subjectId: id, effect }))
}

/** Locks the owner until the commit, so that a parallel request that disables the owner also finds the new application. */
async function holdOwner(tx: Transaction, ownerId: string): Promise<boolean> {
  const held = tx.updateTable('users').set(eb => ({ id: eb.ref('id') }))
  return (await held.where('id', '=', ownerId).where('active', '=', 1).executeTakeFirst()).numUpdatedRows === 1n
}

export async function insertClient(tx: Transaction, client: NewClient): Promise<Client> {
  if (client.ownerId !== undefined) await holdOwner(tx, client.ownerId)
  // Starts at the head of the log, so that a client that is created again does not reuse an epoch of its predecessor.
  const number = await nextNumber(tx, 'clients')
  const stored: Client = { ...client, number, epoch: await headNumber(tx), tokensIssued: 0 }
  await tx.insertInto('clients').values(fromClient(stored)).execute()
  await insertSecrets(tx, client.id, client.secrets)
  return stored
}

/** Deletes the rows of a client in other tables. */
export async function deleteBesides(tx: Transaction, id: string): Promise<void> {
  await tx.deleteFrom('client_secrets').where('client_id', '=', id).execute()
  await tx.deleteFrom('client_documents').where('client_id', '=', id).execute()
  await tx.deleteFrom('logout_notices').where('client_id', '=', id).execute()
}

async function insertSecrets(tx: Transaction, clientId: string, secrets: Client['secrets']): Promise<void> {
  if (secrets.length === 0) return
  const rows = secrets.map(({ fingerprint, hint, createdAt, expiresAt }) => ({
    fingerprint,
    client_id: clientId,
    hint,
    created_at: createdAt,
    expires_at: expiresAt ?? null,
  }))
  await tx.insertInto('client_secrets').values(rows).execute()
}

const secretsOf = (db: Transaction, id: string) =>
  db.selectFrom('client_secrets').selectAll().where('client_id', '=', id).orderBy('created_at', 'desc').execute()

export function columnsOf(change: ClientChange): Updateable<ClientRow> {
  const columns: Updateable<ClientRow> = {}
  if (change.name !== undefined) columns.name = change.name
  if (change.website !== undefined) columns.website = change.website
  if (change.ownerId !== undefined) columns.owner_id = change.ownerId
  if (change.redirectUris) columns.redirect_uris = JSON.stringify(change.redirectUris)
  if (change.grantTypes) columns.grant_types = JSON.stringify(change.grantTypes)
  if (change.scopes) columns.scopes = JSON.stringify(change.scopes)
  if (change.policy) columns.policy = JSON.stringify(change.policy)
  if (change.metadata) columns.metadata = JSON.stringify(change.metadata)
  if (change.identityChangedAt !== undefined) columns.identity_changed_at = change.identityChangedAt
  if (change.reviewedAt !== undefined) columns.reviewed_at = change.reviewedAt
  if (change.active !== undefined) columns.active = Number(change.active)
  if (change.source !== undefined) columns.source = change.source
  return columns
}
