import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../migrate.ts'
import { openSqlite } from '../sqlite.ts'
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

async function empty() {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-store-'))
  const address = join(folder, 'claviger.db')
  const remove = async () => rmSync(folder, { recursive: true })
  return { address, open: async () => openSqlite(address), [Symbol.asyncDispose]: remove }
}

async function open(): Promise<Opened & AsyncDisposable> {
  const { address, [Symbol.asyncDispose]: remove } = await empty()
  const again = async () => {
    const engine = openSqlite(address)
    return { engine, stores: openStores(engine) }
  }
  const opened = await again()
  await migrate(opened.engine)
  const close = async () => {
    await opened.engine.close()
    await remove()
  }
  return { ...opened, again, [Symbol.asyncDispose]: close }
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
