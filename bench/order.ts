import { hash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { mintFor } from '../src/crypto/credential-format.ts'
import { openVault } from '../src/crypto/vault.ts'
import { HOUR } from '../src/model/span.ts'
import { migrate } from '../src/store/migrate.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { openStores } from '../src/store/stores.ts'

/*
 * `npm run bench:order`: what storing a token costs when its fingerprint begins with the time it was made, and when all
 * of it is random; the journal's row and the commit included, 64 tokens to a commit.
 */

const ROWS = 100_000
const MEASURED = 20_000
const ROUNDS = 3
const GROUP = 64

const vault = openVault(randomBytes(32))
const ORDERS = {
  'time first': () => vault.fingerprint(mintFor('access-token')),
  random: () => hash('sha256', mintFor('access-token')),
} as const

const folder = await mkdtemp(join(tmpdir(), 'claviger-bench-'))
try {
  const tables = []
  for (const [name, fingerprintOf] of Object.entries(ORDERS)) {
    const engine = openSqlite(join(folder, `${name}.db`))
    await migrate(engine)
    const { credentials } = openStores(engine)
    const issue = async (count: number): Promise<number> => {
      const before = process.cpuUsage()
      for (let made = 0; made < count; made += GROUP)
        await Promise.all(Array.from({ length: GROUP }, () => credentials.issue(...rowsOf(fingerprintOf()))))
      const { user, system } = process.cpuUsage(before)
      return (user + system) / count
    }
    await issue(ROWS)
    tables.push({ name, engine, issue, costs: [] as number[] })
  }
  for (let round = 0; round < ROUNDS; round++) for (const { issue, costs } of tables) costs.push(await issue(MEASURED))
  console.log(`Microseconds of processor time to store a token in a table of ${ROWS.toLocaleString('en-US')} and more,`)
  console.log(
    `the middle of ${ROUNDS} rounds (${cpus()[0]?.model.trim()} x ${cpus().length}, Node.js ${process.version.slice(1)}, SQLite).\n`,
  )
  for (const { name, costs, engine } of tables) {
    console.log(`${name.padEnd(12)} ${costs.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]?.toFixed(1)}`)
    await engine.close()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

function rowsOf(fingerprint: string): Parameters<ReturnType<typeof openStores>['credentials']['issue']> {
  const [id, now, clientId] = [fingerprint.slice(0, 24), Date.now(), 'clv_cid_benchmark']
  const about = { about: 'credential', aboutId: id, credentialId: id, clientId, actor: clientId } as const
  return [
    [
      {
        id,
        fingerprint,
        kind: 'access-token',
        hint: 'clv_at_…abcd',
        clientId,
        scopes: ['read'],
        audience: [],
        createdAt: now,
        expiresAt: now + HOUR,
        data: {},
      },
    ],
    { ...about, at: now, event: 'issued', requestId: now.toString(36), ip: '127.0.0.1' },
  ]
}
