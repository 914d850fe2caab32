import { after } from 'node:test'
import { sql } from 'kysely'
import { startPostgres } from '../../../test/kit/postgres.ts'
import { migrate } from '../migrate.ts'
import { openPostgres } from '../postgres.ts'
import { beginIncarnation } from '../sql/log-incarnation.ts'
import { openStores } from '../stores.ts'
import { storagePromises } from './all.ts'
import type { Opened } from './samples.ts'

const postgres = await startPostgres()
after(() => postgres[Symbol.asyncDispose]())

/** Making a database takes far longer than emptying one: those that tests are done with serve the next. */
const emptied: string[] = []

async function open(): Promise<Opened & AsyncDisposable> {
  const url = emptied.pop() ?? (await postgres.database())
  const again = async () => {
    const engine = await openPostgres(url)
    return { engine, stores: openStores(engine) }
  }
  const { engine, stores } = await again()
  await migrate(engine)
  const leave = async () => {
    const tables = (await engine.db.introspection.getTables()).map(({ name }) => name)
    for (const table of tables.filter(name => name !== 'counters' && name !== 'migrations'))
      await sql`delete from ${sql.table(table)}`.execute(engine.db)
    await sql`update counters set value = 0`.execute(engine.db)
    await engine.write(tx => beginIncarnation(tx))
    await engine.close()
    emptied.push(url)
  }
  return { engine, stores, again, [Symbol.asyncDispose]: leave }
}

async function empty() {
  const address = await postgres.database()
  return { address, open: () => openPostgres(address), [Symbol.asyncDispose]: async () => {} }
}

storagePromises(open, empty)
