import { type RawBuilder, sql } from 'kysely'
import { type CountedBy, readCountedBy } from '../../../model/credentials/counted-by.ts'
import type { UsageStore } from '../../../ports/usage.ts'
import type { Engine, Transaction } from '../../engine.ts'

/** The time of last use is exact to a minute, so that constant use costs one write per minute. */
const EXACTNESS = 60_000
/** The number of rows per transaction. It is small, so that other writes can run in between. */
const CHUNK = 200

/**
 * Writes the latest use of credentials, grants and clients. The use of a credential also counts for its grant and
 * client, so that both keep it when the rows of tokens are deleted. No transaction locks rows of two tables, so no lock
 * order is needed.
 */
export async function writeLastUsed(engine: Engine, lastUsed: ReadonlyMap<CountedBy, number>): Promise<void> {
  const credentials: Uses = new Map()
  const grants: Uses = new Map()
  const clients: Uses = new Map()
  for (const [one, at] of lastUsed) {
    const of = readCountedBy(one)
    if ('grantId' in of) grants.set(of.grantId, at)
    else if ('clientId' in of) clients.set(of.clientId, at)
    else credentials.set(of.credentialId, at)
  }
  for (const { grant_id, client_id, last_used_at } of await write(engine, credentials, ofCredentials)) {
    later(grants, grant_id, last_used_at)
    later(clients, client_id, last_used_at)
  }
  for (const { client_id, last_used_at } of await write(engine, grants, ofGrants))
    later(clients, client_id, last_used_at)
  await write(engine, clients, ofClients)
}

/** Counts issued tokens of clients; an issue also counts as use of the client. */
export async function writeIssues(engine: Engine, issues: Parameters<UsageStore['addIssues']>[0]): Promise<void> {
  const sorted = [...issues].sort(([a], [b]) => (a < b ? -1 : 1))
  for (let i = 0; i < sorted.length; i += CHUNK) {
    const some = sorted
      .slice(i, i + CHUNK)
      .map(([id, { count, at }]) => sql`(cast(${id} as text), cast(${count} as bigint), cast(${at} as bigint))`)
    await engine.write(tx =>
      sql`with issues(id, n, at) as (values ${sql.join(some)})
        update clients set tokens_issued = tokens_issued + issues.n,
          last_used_at = case when clients.last_used_at > issues.at - ${EXACTNESS} then clients.last_used_at else issues.at end
        from issues where clients.id = issues.id`.execute(tx),
    )
  }
}

type Uses = Map<string, number>
type Written = { grant_id?: string | null; client_id: string | null; last_used_at: number }

function later(uses: Uses, id: string | null | undefined, at: number): void {
  if (id) uses.set(id, Math.max(at, uses.get(id) ?? 0))
}

/**
 * Writes many rows in one statement, because building a statement for each row would cost more than running it.
 * Returns the changed rows.
 */
async function write(
  engine: Engine,
  lastUsed: ReadonlyMap<string, number>,
  statement: (uses: RawBuilder<unknown>) => RawBuilder<Written>,
): Promise<Written[]> {
  const uses = [...lastUsed].sort(([a], [b]) => (a < b ? -1 : 1))
  const written: Written[] = []
  for (let i = 0; i < uses.length; i += CHUNK) {
    const some = uses.slice(i, i + CHUNK).map(([id, at]) => sql`(cast(${id} as text), cast(${at} as bigint))`)
    const run = (tx: Transaction) => statement(sql`with uses(id, at) as (values ${sql.join(some)})`).execute(tx)
    written.push(...(await engine.write(run)).rows)
  }
  return written
}

const ofCredentials = (uses: RawBuilder<unknown>) => sql<Written>`${uses}
  update credentials set last_used_at = uses.at from uses
  where length(uses.id) = 24 and credentials.fingerprint >= uses.id and credentials.fingerprint < uses.id || '~'
    and (credentials.last_used_at is null or credentials.last_used_at <= uses.at - ${EXACTNESS})
  returning grant_id, client_id, last_used_at`

const ofGrants = (uses: RawBuilder<unknown>) => sql<Written>`${uses}
  update grants set last_used_at = uses.at from uses
  where grants.id = uses.id and (grants.last_used_at is null or grants.last_used_at <= uses.at - ${EXACTNESS})
  returning client_id, last_used_at`

const ofClients = (uses: RawBuilder<unknown>) => sql<Written>`${uses}
  update clients set last_used_at = uses.at from uses
  where clients.id = uses.id and (clients.last_used_at is null or clients.last_used_at <= uses.at - ${EXACTNESS})
  returning clients.id as client_id, last_used_at`
