import { setTimeout as wait } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { longWriter } from './outage.ts'
import type { Tables } from './tables.ts'

/** How long to wait for transactions that write to the journal, in milliseconds. */
const PATIENCE = 2000
const PAUSE = 3

/**
 * Finds the id up to which no further entry can become visible. Ids come from a sequence before the commit. So an entry
 * can become visible after another entry with a higher id, and a reader past the higher id would skip the first entry.
 * Each writer locks the table before it takes an id, and holds the lock until its transaction ends. So this function
 * reads the last id and then waits for the transactions that hold the lock.
 */
export function journalEnd(db: Kysely<Tables>): () => Promise<number> {
  let known: number | undefined
  return async () => {
    const { rows } = await sql<{ last: number }>`select last_value as last from journal_id_seq`.execute(db)
    const last = rows[0]?.last ?? 0
    const deadline = performance.now() + PATIENCE
    for (let writers = await writersOf(db); writers.size > 0; writers = writers.intersection(await writersOf(db))) {
      if (performance.now() > deadline) {
        // The id found earlier by this process is still correct: newer entries appear later, but none is skipped.
        if (known === undefined) throw longWriter('the journal')
        return known
      }
      await wait(PAUSE)
    }
    known = Math.max(known ?? 0, last)
    return known
  }
}

async function writersOf(db: Kysely<Tables>): Promise<Set<string>> {
  const { rows } = await sql<{ virtualtransaction: string }>`
    select virtualtransaction from pg_locks
    where relation = 'journal'::regclass and mode = 'RowExclusiveLock' and granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
  return new Set(rows.map(row => row.virtualtransaction))
}
