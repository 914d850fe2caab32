import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { registerClient } from '../src/core/clients/register-client.ts'
import { startDevice } from '../src/core/oauth/device/start-device.ts'
import { OPERATOR } from '../src/model/users/actor.ts'
import { readConfig } from '../src/server/settings/config.ts'
import { startServer } from '../src/server/start.ts'
import type { Transaction } from '../src/store/engine.ts'

/*
 * `npm run bench:devices`: 10,000 programs wait for their person and ask for tokens (RFC 8628 section 3.4). Counts the write
 * transactions of the whole server during the polls, its periodic tasks included. Another number of programs may follow `--`.
 */

const WAITING = Number(process.argv[2] ?? 10_000)
const ROUNDS = 2
const AT_ONCE = 64
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

const dataDir = mkdtempSync(join(tmpdir(), 'claviger-devices-'))
const server = await startServer(
  readConfig({ CLAVIGER_DATA_DIR: dataDir, CLAVIGER_PORT: '0', CLAVIGER_LIMITS: 'off' }),
  { log: pino({ level: 'silent' }) },
)
try {
  const { world, installation, url } = server
  const { client } = await registerClient(world, OPERATOR, {
    name: 'Program',
    redirectUris: [],
    grantTypes: [GRANT],
    scopes: ['read'],
    type: 'public',
    source: 'operator',
  })
  const codes: string[] = []
  for (let i = 0; i < WAITING; i++) {
    const ask = { scopes: ['read'], resources: [] }
    codes.push((await startDevice(world, { by: { is: 'client', client }, from: {} }, ask)).deviceCode)
  }

  const { engine } = installation
  const { write, insert } = engine
  let writes = 0
  engine.write = <T>(work: (tx: Transaction) => Promise<T>) => {
    writes++
    return write<T>(work)
  }
  engine.insert = rows => {
    writes++
    return insert(rows)
  }
  const answers: Record<string, number> = {}
  const began = performance.now()
  for (let round = 0; round < ROUNDS; round++) {
    const queue = codes.values()
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const code of queue) {
          const body = new URLSearchParams({ grant_type: GRANT, device_code: code, client_id: client.id })
          const { error } = (await (await fetch(`${url}/oauth2/token`, { method: 'POST', body })).json()) as {
            error: string
          }
          answers[error] = (answers[error] ?? 0) + 1
        }
      }),
    )
  }
  const seconds = (performance.now() - began) / 1000
  const polls = WAITING * ROUNDS
  console.log(`${WAITING} programs waited and polled ${ROUNDS} times each: ${JSON.stringify(answers)}`)
  console.log(
    `${writes} write transactions for ${polls} polls, in ${seconds.toFixed(0)} s (client and server in one process)`,
  )
} finally {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
