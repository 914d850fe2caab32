import { type RawBuilder, sql } from 'kysely'
import { type CountedBy, readCountedBy } from '../../model/counted-by.ts'
import type { UsageStore } from '../../ports/usage.ts'
import type { Engine, Transaction } from '../engine.ts'

/** Kept to the minute, so that steady use costs one write a minute. */
const EXACTNESS = 60_000
/** Rows per transaction: small enough that issuing and revoking go on in between. */
const CHUNK = 200

/**
 * When credentials, grants and clients were last used. What a credential says is passed on to its grant and its client, what a grant
 * says to its client, so that both know it when the rows of tokens are gone. Each table in transactions of its own:
 * no two are locked together, so no order of locks is needed.
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

/** Tokens that clients were given are counted, and being given one is use. */
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

/** One statement for many: building one for each would cost more than running it. Returns what it has changed. */
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
