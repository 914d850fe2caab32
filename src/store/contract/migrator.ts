import { type Kysely, type KyselyPlugin, sql } from 'kysely'
import type { Engine } from '../engine.ts'
import { MIGRATIONS, migrate } from '../migrate.ts'
import { openPostgres } from '../postgres.ts'
import { openSqlite } from '../sqlite.ts'

/* A process that migrates the given database, prints the migrations it ran, and kills itself at a given statement. */

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
    process.kill(process.pid, 'SIGKILL') // all statements done, nothing committed
  })
}
await engine.close()
