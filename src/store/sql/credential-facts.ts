import type { CredentialFacts, CredentialStore, GrantFacts, GrantStore } from '../../ports/stores.ts'
import type { Engine, Transaction } from '../engine.ts'
import { toClient } from './client-rows.ts'
import { ownedClients } from './clients.ts'
import { toCredential, toGrant, toUser } from './rows.ts'

/** A credential with all records on which it depends. */
export const factsLoader = ({ db }: Engine): CredentialStore['facts'] =>
  inOneRound(async fingerprints => {
    const credentials = await db
      .selectFrom('credentials')
      .selectAll()
      .where('fingerprint', 'in', fingerprints)
      .execute()
    const behind = await readBehind(db, credentials)
    return new Map(
      credentials.map((row): [string, CredentialFacts] => [
        row.fingerprint,
        { credential: toCredential(row), ...behind(row) },
      ]),
    )
  })

/** A grant with all records on which it depends. */
export const grantFactsLoader = ({ db }: Engine): GrantStore['facts'] =>
  inOneRound(async ids => {
    const grants = await db.selectFrom('grants').selectAll().where('id', 'in', ids).execute()
    const rows = grants.map(({ id, user_id, client_id }) => ({ id, user_id, client_id, grant_id: null }))
    const behind = await readBehind(db, rows)
    return new Map(rows.map((row, i) => [row.id, { ...behind(row), grant: toGrant(grants[i] as (typeof grants)[0]) }]))
  })

type Ids = { user_id: string | null; client_id: string | null; grant_id: string | null }

async function readBehind(db: Transaction, rows: readonly Ids[]): Promise<(row: Ids) => GrantFacts> {
  const ids = (column: keyof Ids) => [...new Set(rows.map(row => row[column]).filter(id => id !== null))]
  const [users, clients, grants] = await Promise.all([
    rowsById(ids('user_id'), keys => db.selectFrom('users').selectAll().where('id', 'in', keys).execute()),
    rowsById(ids('client_id'), keys => ownedClients(db).where('id', 'in', keys).execute()),
    rowsById(ids('grant_id'), keys => db.selectFrom('grants').selectAll().where('id', 'in', keys).execute()),
  ])
  return row => {
    const [user, client, grant] = [
      users.get(row.user_id ?? ''),
      clients.get(row.client_id ?? ''),
      grants.get(row.grant_id ?? ''),
    ]
    return {
      ...(user && { user: toUser(user) }),
      ...(client && { client: toClient(client) }),
      ...(grant && { grant: toGrant(grant) }),
    }
  }
}

/** Joins all look-ups in one turn of the event loop into one set of statements. */
function inOneRound<Facts>(
  read: (keys: string[]) => Promise<Map<string, Facts>>,
): (key: string) => Promise<Facts | undefined> {
  type Waiting = { resolve: (facts: Facts | undefined) => void; reject: (error: unknown) => void }
  let waiting = new Map<string, Waiting[]>()

  async function load(): Promise<void> {
    const batch = waiting
    waiting = new Map()
    try {
      const found = await read([...batch.keys()])
      for (const [key, callers] of batch) for (const caller of callers) caller.resolve(found.get(key))
    } catch (error) {
      for (const callers of batch.values()) for (const caller of callers) caller.reject(error)
    }
  }

  return key =>
    new Promise((resolve, reject) => {
      if (waiting.size === 0) setImmediate(() => void load())
      const callers = waiting.get(key)
      if (callers) callers.push({ resolve, reject })
      else waiting.set(key, [{ resolve, reject }])
    })
}

async function rowsById<Row extends { id: string }>(
  ids: string[],
  read: (ids: string[]) => Promise<Row[]>,
): Promise<Map<string, Row>> {
  return ids.length === 0 ? new Map() : new Map((await read(ids)).map(row => [row.id, row]))
}
