import type { CredentialFacts, CredentialStore } from '../../ports/stores.ts'
import type { Engine } from '../engine.ts'
import { ownedClients } from './clients.ts'
import { toClient, toCredential, toGrant, toUser } from './rows.ts'

/** All look-ups of one turn of the event loop become one round of statements. */
export function factsLoader({ db }: Engine): CredentialStore['facts'] {
  type Waiting = { resolve: (facts: CredentialFacts | undefined) => void; reject: (error: unknown) => void }
  let waiting = new Map<string, Waiting[]>()

  async function load(): Promise<void> {
    const batch = waiting
    waiting = new Map()
    try {
      const found = await readFacts([...batch.keys()])
      for (const [fingerprint, callers] of batch) for (const caller of callers) caller.resolve(found.get(fingerprint))
    } catch (error) {
      for (const callers of batch.values()) for (const caller of callers) caller.reject(error)
    }
  }

  async function readFacts(fingerprints: string[]): Promise<Map<string, CredentialFacts>> {
    const credentials = await db
      .selectFrom('credentials')
      .selectAll()
      .where('fingerprint', 'in', fingerprints)
      .execute()
    const ids = (column: 'user_id' | 'client_id' | 'grant_id') => [
      ...new Set(credentials.map(row => row[column]).filter(id => id !== null)),
    ]
    const [users, clients, grants] = await Promise.all([
      rowsById(ids('user_id'), keys => db.selectFrom('users').selectAll().where('id', 'in', keys).execute()),
      rowsById(ids('client_id'), keys => ownedClients(db).where('id', 'in', keys).execute()),
      rowsById(ids('grant_id'), keys => db.selectFrom('grants').selectAll().where('id', 'in', keys).execute()),
    ])
    return new Map(
      credentials.map(row => {
        const facts: CredentialFacts = { credential: toCredential(row) }
        const [user, client, grant] = [
          users.get(row.user_id ?? ''),
          clients.get(row.client_id ?? ''),
          grants.get(row.grant_id ?? ''),
        ]
        if (user) facts.user = toUser(user)
        if (client) facts.client = toClient(client)
        if (grant) facts.grant = toGrant(grant)
        return [row.fingerprint, facts]
      }),
    )
  }

  return fingerprint =>
    new Promise((resolve, reject) => {
      if (waiting.size === 0) setImmediate(() => void load())
      const callers = waiting.get(fingerprint)
      if (callers) callers.push({ resolve, reject })
      else waiting.set(fingerprint, [{ resolve, reject }])
    })
}

async function rowsById<Row extends { id: string }>(
  ids: string[],
  read: (ids: string[]) => Promise<Row[]>,
): Promise<Map<string, Row>> {
  return ids.length === 0 ? new Map() : new Map((await read(ids)).map(row => [row.id, row]))
}
