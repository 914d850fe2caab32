import { after } from 'node:test'
import { sql } from 'kysely'
import { startPostgres } from '../../../test/kit/postgres.ts'
import { migrate } from '../migrate.ts'
import { openPostgres } from '../postgres.ts'
import { openStores } from '../stores.ts'
import { chartPromises } from './charts.ts'
import { credentialPromises } from './credentials.ts'
import { enginePromises } from './engines.ts'
import { insightPromises } from './insight.ts'
import { logPromises } from './logs.ts'
import { memberPromises } from './members.ts'
import { ownerPromises } from './owners.ts'
import { planPromises } from './plans.ts'
import type { Opened } from './samples.ts'
import { schemaPromises } from './schema.ts'
import { singleUsePromises } from './single-use.ts'
import { upkeepPromises } from './upkeep.ts'

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
    await engine.close()
    emptied.push(url)
  }
  return { engine, stores, again, [Symbol.asyncDispose]: leave }
}

async function empty() {
  const address = await postgres.database()
  return { address, open: () => openPostgres(address), [Symbol.asyncDispose]: async () => {} }
}

credentialPromises(open)
singleUsePromises(open)
ownerPromises(open)
memberPromises(open)
enginePromises(open)
insightPromises(open)
chartPromises(open)
planPromises(open)
logPromises(open)
upkeepPromises(open)
schemaPromises(empty)
