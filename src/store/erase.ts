import { countedByClient, countedByGrant } from '../model/credentials/counted-by.ts'
import type { Engine, Transaction } from './engine.ts'
import { appendRevocations, revoked } from './sql/revocations.ts'
import { credentialId } from './sql/rows.ts'
import { sumAgain } from './sql/use/usage-totals.ts'

/** The records to delete: users, clients, credentials, grants, counts and journal. Only for demo data. */
export type Traces = {
  userIds: readonly string[]
  clientIds: readonly string[]
  /** Type and id of the other things whose journal entries are deleted. */
  abouts: readonly { about: string; id: string }[]
  settings: readonly string[]
  /** Durations of checks up to this time are deleted too, because they are not stored by owner. */
  timesUntil?: number
}

const CHUNK = 200

/** Deletes in one transaction and makes running servers drop their caches. Returns the number of deleted credentials. */
export async function erase(engine: Engine, traces: Traces, at: number): Promise<number> {
  const { userIds, clientIds } = traces
  const gone = await engine.write(async tx => {
    const credentials = [...(await owned(tx, 'user_id', userIds)), ...(await owned(tx, 'client_id', clientIds))]
    const ids = [...new Set(credentials)]
    const counted = [
      ...ids,
      ...(await grantsOwned(tx, 'user_id', userIds)),
      ...(await grantsOwned(tx, 'client_id', clientIds)),
      ...clientIds.map(countedByClient),
    ]
    for (const some of chunks([...new Set(counted)])) {
      await tx.deleteFrom('usage').where('credential_id', 'in', some).execute()
      await tx.deleteFrom('usage_hours').where('credential_id', 'in', some).execute()
      await tx.deleteFrom('usage_networks').where('credential_id', 'in', some).execute()
      await tx.deleteFrom('journal').where('credential_id', 'in', some).execute()
    }
    await sumAgain(tx)
    for (const some of chunks(userIds)) {
      await tx.deleteFrom('credentials').where('user_id', 'in', some).execute()
      await tx.deleteFrom('grants').where('user_id', 'in', some).execute()
      await tx.deleteFrom('views').where('user_id', 'in', some).execute()
      await tx.deleteFrom('user_names').where('user_id', 'in', some).execute()
      await tx.deleteFrom('users').where('id', 'in', some).execute()
      await tx.deleteFrom('usage_owners').where('owner', 'in', some).execute()
      await tx.deleteFrom('journal').where('user_id', 'in', some).execute()
    }
    for (const some of chunks(clientIds)) {
      await tx.deleteFrom('credentials').where('client_id', 'in', some).execute()
      await tx.deleteFrom('grants').where('client_id', 'in', some).execute()
      await tx.deleteFrom('client_secrets').where('client_id', 'in', some).execute()
      await tx.deleteFrom('resources').where('client_id', 'in', some).execute()
      await tx.deleteFrom('clients').where('id', 'in', some).execute()
      await tx.deleteFrom('usage_owners').where('owner', 'in', some).execute()
      await tx.deleteFrom('journal').where('client_id', 'in', some).execute()
    }
    for (const { about, id } of traces.abouts) {
      if (about === 'scope') await tx.deleteFrom('scopes').where('scope', '=', id).execute()
      if (about === 'gate') await tx.deleteFrom('gates').where('name', '=', id).execute()
      await tx.deleteFrom('journal').where('about', '=', about).where('about_id', '=', id).execute()
    }
    for (const some of chunks(traces.settings)) await tx.deleteFrom('settings').where('name', 'in', some).execute()
    if (traces.timesUntil !== undefined)
      await tx.deleteFrom('check_times').where('at', '<=', traces.timesUntil).execute()
    await appendRevocations(tx, at, [...revoked('user', ...userIds), ...revoked('client', ...clientIds)])
    return ids.length
  })
  await engine.onRevocation()
  return gone
}

async function grantsOwned(
  tx: Transaction,
  column: 'user_id' | 'client_id',
  ids: readonly string[],
): Promise<string[]> {
  const found: string[] = []
  for (const some of chunks(ids)) {
    const rows = await tx.selectFrom('grants').select('id').where(column, 'in', some).execute()
    found.push(...rows.map(({ id }) => countedByGrant(id)))
  }
  return found
}

async function owned(tx: Transaction, column: 'user_id' | 'client_id', ids: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const some of chunks(ids)) {
    const rows = await tx.selectFrom('credentials').select('fingerprint').where(column, 'in', some).execute()
    found.push(...rows.map(row => credentialId(row.fingerprint)))
  }
  return found
}

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += CHUNK) yield all.slice(i, i + CHUNK)
}
