import { type Kysely, type KyselyPlugin, sql } from 'kysely'
import type { Engine } from '../engine.ts'
import { MIGRATIONS, migrate } from '../migrate.ts'
import { openPostgres } from '../postgres.ts'
import { openSqlite } from '../sqlite.ts'

/* A process that migrates the database it is given, prints what it ran, and dies at a given statement. */

const [address = '', dieAt] = process.argv.slice(2)
const engine: Engine = address.startsWith('postgres:') ? await openPostgres(address) : openSqlite(address)

let statements = 0
const executioner: KyselyPlugin = {
  transformQuery({ node }) {
    if (++statements === Number(dieAt)) process.kill(process.pid, 'SIGKILL')
    return node
  },
  transformResult: async ({ result }) => result,
}

if (dieAt === undefined) {
  console.log(JSON.stringify(await migrate(engine)))
} else {
  await engine.exclusively(async tx => {
    const mortal = tx.withPlugin(executioner) as never as Kysely<unknown>
    for (const { up } of MIGRATIONS) await up(mortal, engine.name)
    await sql`select 1`.execute(mortal)
    process.kill(process.pid, 'SIGKILL') // everything done, nothing committed
  })
}
await engine.close()
