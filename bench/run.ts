import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import type { Ask } from './ask.ts'
import { budget } from './budget.ts'
import { GENERATOR, load } from './load.ts'
import { type Figures, type Measured, table } from './report.ts'
import { signatures } from './signatures.ts'
import { BUN, PINNED, type Subject, startProduct, startSubject } from './subject.ts'

/*
 * `npm run bench`: everything in one run on one machine. `npm run bench -- opaque jwt` measures these rows alone, and
 * `npm run bench -- claviger-postgres` those of one subject.
 */

/** Requests before the first that counts: code that has run less is still being compiled. At most so many rounds. */
const WARM_UP = 20_000
const LONGEST_WARM_UP = 6
const ROUNDS = 3
const SECONDS = 2

type Row = { name: string; bound?: Place; peer?: Place; ours: Place }
type Place = { subject: string; ask: string }

const ROWS: readonly Row[] = [
  {
    name: 'client credentials, opaque token',
    bound: { subject: 'bare', ask: 'opaque' },
    peer: { subject: 'oidc-provider', ask: 'opaque' },
    ours: { subject: 'claviger', ask: 'opaque' },
  },
  {
    name: 'client credentials, JWT (ES256)',
    bound: { subject: 'bare', ask: 'es256' },
    peer: { subject: 'oidc-provider', ask: 'jwt' },
    ours: { subject: 'claviger', ask: 'jwt' },
  },
  {
    name: 'introspection',
    bound: { subject: 'bare', ask: 'opaque' },
    peer: { subject: 'oidc-provider', ask: 'introspect' },
    ours: { subject: 'claviger', ask: 'introspect' },
  },
  { name: 'POST /v1/verify', ours: { subject: 'claviger', ask: 'verify' } },
  { name: 'POST /v1/verify, JWT', ours: { subject: 'claviger', ask: 'verify-jwt' } },
  {
    name: 'transport alone, nothing decided',
    bound: { subject: 'bare', ask: 'opaque' },
    ours: { subject: 'transport', ask: 'transport' },
  },
  { name: 'refresh token', ours: { subject: 'claviger', ask: 'refresh' } },
  { name: 'code exchange', ours: { subject: 'claviger', ask: 'code' } },
  { name: 'code exchange with id token (RS256)', ours: { subject: 'claviger', ask: 'code-openid' } },
  { name: 'client credentials, opaque token, PostgreSQL', ours: { subject: 'claviger-postgres', ask: 'opaque' } },
  { name: 'introspection, PostgreSQL', ours: { subject: 'claviger-postgres', ask: 'introspect' } },
  { name: 'client credentials, opaque token, on Bun', ours: { subject: 'claviger-bun', ask: 'opaque' } },
  { name: 'introspection, on Bun', ours: { subject: 'claviger-bun', ask: 'introspect' } },
  {
    name: 'guarded route (bound: the same route unguarded)',
    bound: { subject: 'guarded', ask: 'open' },
    ours: { subject: 'guarded', ask: 'guarded' },
  },
]

const wanted = process.argv.slice(2)
const isWanted = ({ subject: name, ask }: Place): boolean =>
  wanted.length === 0 || wanted.includes(ask) || wanted.includes(name)
const runs = ({ subject: name }: Place): boolean => BUN !== undefined || !name.endsWith('-bun')
const rows = ROWS.filter(({ ours }) => isWanted(ours) && runs(ours))
if (!BUN) console.error('The rows on Bun are left out: there is no `bun` in PATH (npm install --global bun).')
const running = new Map<string, Subject>()

async function subject(name: string): Promise<Subject> {
  const known = running.get(name)
  if (known) return known
  const started = await startSubject(name, name === 'guarded' ? await connection() : [])
  running.set(name, started)
  return started
}

/** What the guarded API needs to ask our server: its address, its client, and a token to present. */
async function connection(): Promise<string[]> {
  const ours = await subject('claviger')
  const asked = ours.asks['introspect'] as Ask
  const fields = new URLSearchParams(asked.bodies[0])
  return [ours.url, fields.get('client_id') ?? '', fields.get('client_secret') ?? '', fields.get('token') ?? '']
}

/** Short rounds in turn, so that what disturbs the machine disturbs all alike; the middle round of each counts. */
async function measure(places: Place[]): Promise<Measured[]> {
  const all = []
  for (const { subject: name, ask } of places) {
    const place = await subject(name)
    all.push({ place, ask: place.asks[ask] as Ask, rounds: [] as { rate: number; perCpuSecond: number }[] })
  }
  for (const { place, ask } of all) {
    let warm = 0
    // Of what can be sent once there is not enough for that.
    const longest = ask.sent === 'once' ? 1 : LONGEST_WARM_UP
    for (let i = 0; i < longest && warm < WARM_UP; i++) warm += (await load(place.url, ask, SECONDS)).count
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { place, ask, rounds } of all) {
      const before = place.cpuSeconds()
      const { rate, count } = await load(place.url, ask, SECONDS)
      rounds.push({ rate, perCpuSecond: count / (place.cpuSeconds() - before) })
    }
  }
  return all.map(({ rounds }) => {
    const rates = rounds.map(round => round.rate).sort((x, y) => x - y)
    const middle = rates[Math.floor(ROUNDS / 2)] as number
    const perCpu = rounds.map(round => round.perCpuSecond).sort((x, y) => x - y)[Math.floor(ROUNDS / 2)] as number
    const spread = ((rates.at(-1) as number) - (rates[0] as number)) / middle / 2
    return { rate: Math.round(middle), spread, perCpuSecond: Math.round(perCpu) }
  })
}

const figures: Figures = {
  at: new Date().toISOString(),
  machine: `${cpus()[0]?.model.trim()} x ${cpus().length}`,
  node: process.version,
  generator: `${GENERATOR}, 64 connections, ${ROUNDS} rounds of ${SECONDS} s, the middle one counts`,
  pinned: PINNED,
  load: Math.round(loadavg()[0] as number),
  rows: [],
  budget: wanted.length === 0 || wanted.includes('budget') ? await budget() : [],
  signatures: wanted.length === 0 ? await signatures() : [],
}
try {
  if (wanted.length === 0) {
    // The first start after an installation compiles, and keeps what it compiled.
    await (await startProduct()).stop()
    const ours = await startProduct()
    await new Promise(done => setTimeout(done, 3000))
    figures.start = { milliseconds: Math.round(ours.readyAfter), idleMegabytes: ours.memory() }
    await ours.stop()
  }
  for (const row of rows) {
    const places = [row.ours, row.bound, row.peer].filter(place => place !== undefined)
    const measured = await measure(places)
    const of = (place: Place | undefined) => place && measured[places.indexOf(place)]
    figures.rows.push({ name: row.name, bound: of(row.bound), peer: of(row.peer), ours: measured[0] as Measured })
    console.error(row.name, measured)
  }
} finally {
  for (const { stop } of running.values()) await stop()
}

const results = join(import.meta.dirname, 'results')
mkdirSync(results, { recursive: true })
if (wanted.length === 0) {
  writeFileSync(join(results, 'latest.json'), `${JSON.stringify(figures, undefined, 2)}\n`)
  writeFileSync(join(results, 'latest.md'), table(figures))
}
console.log(table(figures))
