import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { issueKey } from '../src/core/credentials/issue/issue-key.ts'
import { createUser } from '../src/core/users/create-user.ts'
import { OPERATOR } from '../src/model/users/actor.ts'
import { readConfig } from '../src/server/settings/config.ts'
import { type Running, startServer } from '../src/server/start.ts'
import { type Crowd, settle } from './crowd.ts'

/*
 * `npm run bench:console`: every list the console asks for, in a house of 1,000 credentials and in one of 100,000.
 * What matters is the ratio: a list that looks at rows it does not show grows with the house.
 */

const SIZES = [1000, 100_000] as const
const ROUNDS = 9
const hours = (count: number) => Math.floor(Date.now() / 1000) - count * 3600

type Place = { crowd: Crowd; middle: string }
const LISTS: readonly (readonly [string, string | ((at: Place) => string)])[] = [
  ['credentials', '/v1/credentials'],
  ['credentials, oldest first', '/v1/credentials?sort=created_at'],
  ['credentials, from the middle', ({ middle }) => `/v1/credentials?cursor=${middle}`],
  ...['access_token', 'api_key', 'application_token', 'user_token', 'token_pair'].map(
    kind => [`credentials, ${kind}`, `/v1/credentials?kind=${kind}`] as const,
  ),
  ...['active', 'revoked', 'expired', 'rotating', 'expires_soon', 'unused'].map(
    status => [`credentials, ${status}`, `/v1/credentials?status=${status}`] as const,
  ),
  ['credentials, revoked API keys', '/v1/credentials?kind=api_key&status=revoked'],
  ['credentials of an owner', ({ crowd }) => `/v1/credentials?owner=${crowd.users[5]}`],
  ['credentials of an application', ({ crowd }) => `/v1/credentials?client=${crowd.clients[5]}`],
  ['credentials, searched by name', '/v1/credentials?q=report'],
  ['credentials, searched in vain', '/v1/credentials?q=nothing-is-called-so'],
  ['credentials, searched by id', ({ crowd }) => `/v1/credentials?q=${crowd.credentials[7]?.id.slice(0, 10)}`],
  ['activity bars of a page', ({ crowd }) => `/v1/usage/sparklines?credentials=${newest(crowd)}`],
  ['users', '/v1/users'],
  ['users, by role', '/v1/users?role=operator'],
  ['users, disabled', '/v1/users?active=false'],
  ['users, searched', '/v1/users?q=cem-7'],
  ['users, searched by one letter', '/v1/users?q=e'],
  ['applications', '/v1/clients'],
  ['applications, by source', '/v1/clients?source=portal'],
  ['applications, by type', '/v1/clients?type=public'],
  ['applications, none of that source', '/v1/clients?source=mastodon'],
  ['applications, searched', '/v1/clients?q=reader%203'],
  ['sessions', '/v1/sessions'],
  ['activity', '/v1/journal'],
  ['activity, by event', '/v1/journal?event=denied'],
  ['activity, an event that never was', '/v1/journal?event=sign-in-failed'],
  ['activity of a credential', ({ crowd }) => `/v1/journal?credential=${crowd.credentials[3]?.id}`],
  ['activity of a person', ({ crowd }) => `/v1/journal?owner=${crowd.users[3]}`],
  ['overview', '/v1/overview'],
  ['requests by kind, 24 h', () => `/v1/usage?bucket=hour&since=${hours(24)}`],
  ['top credentials, 24 h', () => `/v1/usage/top?since=${hours(24)}&by=uses&limit=8`],
  ['sign-ins, 24 h', () => `/v1/journal/counts?bucket=hour&since=${hours(24)}&events=signed-in,sign-in-failed`],
  ['what stops with an application', ({ crowd }) => `/v1/clients/${crowd.clients[5]}/impact`],
]
const newest = ({ credentials }: Crowd) =>
  credentials
    .slice(-50)
    .map(({ id }) => id)
    .join(',')

async function measure(size: number): Promise<number[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'claviger-bench-'))
  const config = readConfig({ CLAVIGER_DATA_DIR: dataDir, CLAVIGER_PORT: '0', CLAVIGER_LIMITS: 'off' })
  const server = await startServer(config)
  try {
    const before = performance.now()
    const crowd = await settle(server.world, size)
    const middle = server.world.credentials.cursorAfter(crowd.credentials[size / 2] as (typeof crowd.credentials)[0])
    console.error(`${size} credentials settled in ${Math.round((performance.now() - before) / 1000)} s`)
    const headers = { authorization: `Bearer ${await staffToken(server)}` }
    const medians = []
    // All of it once, so that the first of the list is not the one that waits for the compiler.
    for (const [, path] of LISTS)
      await median(server.url + (typeof path === 'string' ? path : path({ crowd, middle })), headers)
    for (const [, path] of LISTS)
      medians.push(await median(server.url + (typeof path === 'string' ? path : path({ crowd, middle })), headers))
    return medians
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function staffToken({ world }: Running): Promise<string> {
  const owner = await createUser(world, OPERATOR, { handle: 'staff', role: 'owner' })
  return (await issueKey(world, OPERATOR, { kind: 'application-token', userId: owner.id, name: 'bench' })).secret
}

async function median(url: string, headers: Record<string, string>): Promise<number> {
  const took: number[] = []
  for (let round = -2; round < ROUNDS; round++) {
    const started = performance.now()
    const answer = await fetch(url, { headers })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text}`)
    if (round >= 0) took.push(performance.now() - started)
  }
  return took.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number
}

const load = Math.round(loadavg()[0] as number)
const [small = [], large = []] = [await measure(SIZES[0]), await measure(SIZES[1])]
const shown = (milliseconds: number | undefined) => (milliseconds ?? Number.NaN).toFixed(1)
const report = [
  `Milliseconds to the whole answer, the middle of ${ROUNDS} (${cpus()[0]?.model.trim()} x ${cpus().length}, Node.js ${process.version.slice(1)}, SQLite, over HTTP).`,
  ...(load > 1 ? [`The machine had ${load} other processes waiting for its cores meanwhile.`] : []),
  '',
  `| list | ${SIZES.map(size => `${size.toLocaleString('en-US')} credentials`).join(' | ')} | ratio |`,
  '| --- | ---: | ---: | ---: |',
  ...LISTS.map(([name], i) => {
    const [little = Number.NaN, much = Number.NaN] = [small[i], large[i]]
    return `| ${name} | ${shown(little)} | ${shown(much)} | ${(much / little).toFixed(1)}x |`
  }),
  '',
].join('\n')
const results = join(import.meta.dirname, 'results')
mkdirSync(results, { recursive: true })
writeFileSync(join(results, 'console.md'), report)
console.log(report)
