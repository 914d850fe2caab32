import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { registerClient } from '../src/core/clients/register-client.ts'
import { mintFor } from '../src/crypto/credential-format.ts'
import type { Credential } from '../src/model/credentials/credential.ts'
import { DAY } from '../src/model/span.ts'
import { OPERATOR } from '../src/model/users/actor.ts'
import { readConfig } from '../src/server/settings/config.ts'
import { startServer } from '../src/server/start.ts'
import type { Ask } from './ask.ts'
import { GENERATOR, load } from './load.ts'
import { startSubject } from './subject.ts'

/*
 * `npm run bench:flat`: what issuing and checking tokens costs in a table of ten thousand credentials and in one of a
 * million. Checked are tokens from all over the table, not those made last. `npm run bench:flat -- 1000 20000` takes
 * tables of these sizes and writes no report.
 */

const given = process.argv.slice(2).map(Number)
const SIZES = given.length > 0 ? given : [10_000, 1_000_000]
const ASKS = ['opaque', 'verify', 'introspect'] as const
const BATCH = 2000
/** Different tokens that are asked about, from all over the table. */
const ASKED = 5000
const ROUNDS = 3
const SECONDS = 2

async function fill(dataDir: string, size: number): Promise<void> {
  const config = readConfig({ CLAVIGER_DATA_DIR: dataDir, CLAVIGER_PORT: '0', CLAVIGER_LIMITS: 'off' })
  const { world, stop } = await startServer(config)
  const { client } = await registerClient(world, OPERATOR, {
    name: 'Crowd',
    redirectUris: [],
    scopes: ['read'],
    type: 'confidential',
    source: 'operator',
  })
  const asked: string[] = []
  const make = (at: number): Credential => {
    const secret = mintFor('access-token')
    if (asked.length < ASKED && Math.random() < ASKED / size) asked.push(secret)
    const fingerprint = world.vault.fingerprint(secret)
    const id = fingerprint.slice(0, 24)
    const life = { createdAt: at, expiresAt: world.now() + DAY }
    return {
      id,
      fingerprint,
      kind: 'access-token',
      hint: 'clv_at_…',
      clientId: client.id,
      scopes: ['read'],
      audience: [],
      data: {},
      ...life,
    }
  }
  const end = world.now()
  for (let made = 0; made < size; made += BATCH) {
    const some = Array.from({ length: BATCH }, (_, i) => make(end - size + made + i))
    await world.credentials.issue(some, { at: end, event: 'issued', about: 'credential', actor: client.id })
  }
  writeFileSync(join(dataDir, 'asked.json'), JSON.stringify(asked))
  await stop()
}

const folders: string[] = []
const rates = new Map<string, number[]>()
try {
  const subjects = []
  for (const size of SIZES) {
    const dataDir = await mkdtemp(join(tmpdir(), 'claviger-bench-'))
    folders.push(dataDir)
    const started = performance.now()
    await fill(dataDir, size)
    console.error(`${size} credentials made in ${Math.round((performance.now() - started) / 1000)} s`)
    subjects.push({ size, subject: await startSubject('claviger', [dataDir, join(dataDir, 'asked.json')]) })
  }
  try {
    for (let round = -1; round < ROUNDS; round++)
      for (const ask of ASKS)
        for (const { size, subject } of subjects) {
          const before = subject.cpuSeconds()
          const { count } = await load(subject.url, subject.asks[ask] as Ask, SECONDS)
          const perCpuSecond = count / (subject.cpuSeconds() - before)
          if (round >= 0) rates.set(`${ask} ${size}`, [...(rates.get(`${ask} ${size}`) ?? []), perCpuSecond])
        }
  } finally {
    for (const { subject } of subjects) await subject.stop()
  }
} finally {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
}

const middle = (ask: string, size: number | undefined): number =>
  (rates.get(`${ask} ${size}`) ?? []).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN
const shown = (number: number | undefined) => Math.round(number ?? Number.NaN).toLocaleString('en-US')
const report = [
  `Requests per second of the server's processor time, the middle of ${ROUNDS} rounds of ${SECONDS} s in turn (${cpus()[0]?.model.trim()} x ${cpus().length}, Node.js ${process.version.slice(1)}, ${GENERATOR}, SQLite).`,
  '',
  `| | ${SIZES.map(size => `${shown(size)} credentials`).join(' | ')} | cost |`,
  '| --- | ---: | ---: | ---: |',
  ...ASKS.map(ask => {
    const [few, many] = [middle(ask, SIZES[0]), middle(ask, SIZES[1])]
    return `| ${ask} | ${shown(few)} | ${shown(many)} | ${(few / many).toFixed(2)}x |`
  }),
  '',
].join('\n')
if (given.length === 0) writeFileSync(join(import.meta.dirname, 'results', 'flat.md'), report)
console.log(report)
