import type { Credential } from '../../../model/credentials/credential.ts'
import type { CredentialFacts, CredentialStore, GrantFacts, GrantStore } from '../../../ports/stores.ts'
import type { Engine, Transaction } from '../../engine.ts'
import type { GrantRow } from '../../tables.ts'
import { toClient } from '../clients/client-rows.ts'
import { ownedClients } from '../clients/clients.ts'
import { hasId, toCredential, toGrant, toUser } from '../rows.ts'

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
    const [behind, parents] = await Promise.all([readBehind(db, rows), readParents(db, grants)])
    return new Map(grants.map((row, i) => [row.id, { ...behind(rows[i] as Ids), ...parents(row) }]))
  })

type Ids = { user_id: string | null; client_id: string | null; grant_id: string | null }

async function readBehind(db: Transaction, rows: readonly Ids[]): Promise<(row: Ids) => GrantFacts> {
  const ids = (column: keyof Ids) => [...new Set(rows.map(row => row[column]).filter(id => id !== null))]
  const [users, clients, grants] = await Promise.all([
    rowsById(ids('user_id'), keys => db.selectFrom('users').selectAll().where('id', 'in', keys).execute()),
    rowsById(ids('client_id'), keys => ownedClients(db).where('id', 'in', keys).execute()),
    rowsById(ids('grant_id'), keys => db.selectFrom('grants').selectAll().where('id', 'in', keys).execute()),
  ])
  const parents = await readParents(db, [...grants.values()])
  return row => {
    const [user, client, grant] = [
      users.get(row.user_id ?? ''),
      clients.get(row.client_id ?? ''),
      grants.get(row.grant_id ?? ''),
    ]
    return {
      ...(user && { user: toUser(user) }),
      ...(client && { client: toClient(client) }),
      ...(grant && parents(grant)),
    }
  }
}

/** Most grants have no parent, so this asks the database only for those that do. */
async function readParents(db: Transaction, grants: readonly GrantRow[]) {
  const ids = [...new Set(grants.flatMap(({ parent_id }) => parent_id ?? []))]
  const keys = new Map((await credentialsById(db, ids)).map(key => [key.id, key]))
  return (row: GrantRow): Pick<GrantFacts, 'grant' | 'parent'> => {
    const parent = keys.get(row.parent_id ?? '')
    return { grant: toGrant(row), ...(parent && { parent }) }
  }
}

/** The number of conditions in one statement, below the depth limit of both databases. */
const AT_ONCE = 200

export async function credentialsById(db: Transaction, ids: readonly string[]): Promise<Credential[]> {
  const found: Credential[] = []
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const some = ids.slice(i, i + AT_ONCE).map(hasId)
    const rows = db.selectFrom('credentials').selectAll()
    found.push(...(await rows.where(eb => eb.or(some)).execute()).map(toCredential))
  }
  return found
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
