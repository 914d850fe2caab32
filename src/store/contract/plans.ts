import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompiledQuery, type Kysely, type KyselyPlugin, sql } from 'kysely'
import type { CredentialKind } from '../../model/credentials/credential.ts'
import { DAY } from '../../model/span.ts'
import type { Stores } from '../../ports/stores.ts'
import type { Engine } from '../engine.ts'
import { fromClient } from '../sql/clients/client-rows.ts'
import { fromCredential, fromGrant, fromJournalEntry, fromUser } from '../sql/rows.ts'
import { openStores } from '../stores.ts'
import type { Tables } from '../tables.ts'
import { aClient, aCredential, aGrant, aUser, entry, type Open, times } from './samples.ts'

/**
 * The number of rows in each table: more than two steps of a bounded scan read. In a smaller table a full scan is the
 * right plan.
 */
const MANY = 22_000
/** Tables that grow with the installation. */
const LARGE = [
  'credentials',
  'grants',
  'users',
  'user_names',
  'clients',
  'journal',
  'usage',
  'usage_hours',
  'usage_house',
]

/** Indexes that contain few rows in every installation. */
const SMALL = ['rotated_credentials', 'disabled_users', 'clients_that_wait']

type Ids = { userId: string; clientId: string; credentialId: string }
type List = {
  name: string
  /** Few rows match in every installation, so sorting them is allowed. */
  few?: true
  ask: (stores: Stores, page: { limit: number; cursor?: string }, ids: Ids) => Promise<unknown>
}

const KINDS: CredentialKind[] = ['access-token', 'api-key', 'application-token', 'user-token', 'token-pair', 'session']
const STATES = [
  'live',
  'ended',
  'active',
  'disabled',
  'revoked',
  'expired',
  'rotating',
  'expires-soon',
  'unused',
] as const

const API = { audience: 'https://api.example', strictAudience: false, scopes: ['tickets:read'] }

/** All lists of the console, in both orders and with each filter. */
const LISTS: readonly List[] = [
  ...(['newest', 'oldest'] as const).flatMap(order => [
    { name: `credentials, ${order}`, ask: listed({ kinds: [...KINDS, 'refresh-token'] }, order) },
    ...STATES.map(status => ({
      name: `credentials, ${status}, ${order}`,
      ask: listed({ kinds: KINDS, status }, order),
    })),
    ...(['last-use', 'end'] as const).map(sortedBy => ({
      name: `keys and tokens by ${sortedBy}, ${order}`,
      ask: listed({ kinds: KINDS, madeBy: 'people', status: 'live', sortedBy }, order),
    })),
    { name: `what people made, ${order}`, ask: listed({ kinds: KINDS, madeBy: 'people', status: 'live' }, order) },
    { name: `short-lived ones, ${order}`, ask: listed({ kinds: KINDS, madeBy: 'protocol', status: 'live' }, order) },
    { name: `credentials called so, ${order}`, ask: listed({ kinds: KINDS, search: 'report' }, order) },
  ]),
  { name: 'credentials of an API', ask: listed({ kinds: KINDS, api: API, status: 'active' }) },
  ...KINDS.map(kind => ({ name: `credentials, ${kind}`, ask: listed({ kinds: [kind] }) })),
  ...STATES.map(status => ({ name: `API keys, ${status}`, ask: listed({ kinds: ['api-key'], status }) })),
  { name: 'credentials by id', few: true, ask: listed({ search: 'abcdef12' }) },
  { name: 'live sessions', ask: listed({ kinds: ['session'], status: 'active' }) },
  { name: 'credentials of a grant', few: true, ask: listed({ grantId: 'abc' }) },
  ...STATES.map(
    status =>
      ({
        name: `credentials of an owner, ${status}`,
        ask: (stores, page, { userId }) => stores.credentials.list({ kinds: KINDS, userId, status }, page),
      }) satisfies List,
  ),
  {
    name: 'credentials of an application',
    ask: (stores, page, { clientId }) => stores.credentials.list({ kinds: KINDS, clientId, status: 'active' }, page),
  },
  { name: 'users', ask: ({ users }, page) => users.list(page) },
  { name: 'users by role', ask: ({ users }, page) => users.list({ ...page, role: 'admin' }) },
  { name: 'disabled users', ask: ({ users }, page) => users.list({ ...page, active: false }) },
  { name: 'active users', ask: ({ users }, page) => users.list({ ...page, active: true }) },
  { name: 'users called so', few: true, ask: ({ users }, page) => users.list({ ...page, search: 'user-00' }) },
  { name: 'users called anything', ask: ({ users }, page) => users.list({ ...page, search: 'user' }) },
  { name: 'applications', ask: ({ clients }, page) => clients.list({}, page) },
  { name: 'applications by source', ask: ({ clients }, page) => clients.list({ source: 'portal' }, page) },
  { name: 'applications of an API', ask: ({ clients }, page) => clients.list({ api: API }, page) },
  { name: 'applications that wait', ask: ({ clients }, page) => clients.list({ review: 'waiting' }, page) },
  { name: 'applications by type', ask: ({ clients }, page) => clients.list({ type: 'public' }, page) },
  { name: 'applications called so', ask: ({ clients }, page) => clients.list({ search: 'job' }, page) },
  { name: 'applications of an owner', ask: ({ clients }, page, { userId }) => clients.list({ ownerId: userId }, page) },
  { name: 'activity', ask: ({ journal }, page) => journal.list({}, page) },
  { name: 'activity by event', ask: ({ journal }, page) => journal.list({ event: 'denied' }, page) },
  { name: 'activity of a person', ask: ({ journal }, page, { userId }) => journal.list({ userId }, page) },
  { name: 'activity of a request', ask: ({ journal }, page) => journal.list({ requestId: 'abc' }, page) },
  {
    name: 'activity of a credential',
    ask: ({ journal }, page, ids) => journal.list({ credentialId: ids.credentialId }, page),
  },
  { name: 'grants of an application', ask: ({ grants }, _page, { clientId }) => grants.ofClient(clientId) },
  { name: 'grants of a person', few: true, ask: ({ grants }, _page, { userId }) => grants.ofUser(userId) },
]

/** All counts and charts of the console. */
const COUNTS = (
  [
    { name: 'counts', ask: ({ statistics }) => statistics.counts() },
    { name: 'totals of a day', ask: ({ statistics }) => statistics.totals(Date.now() - DAY, Date.now()) },
    { name: 'attention', ask: ({ statistics }) => statistics.attention(Date.now(), 60) },
    {
      name: 'sign-ins',
      ask: ({ statistics }) =>
        statistics.events({ ...lastDay(), bucketMinutes: 60, events: ['signed-in', 'sign-in-failed'] }),
    },
    { name: 'busiest', ask: ({ statistics }) => statistics.top({ ...lastDay(), by: 'uses', limit: 8 }) },
    { name: 'most refused', ask: ({ statistics }) => statistics.top({ ...lastDay(), by: 'refusals', limit: 8 }) },
    { name: 'requests by kind', ask: ({ usage }) => usage.read({ ...lastDay(), bucketMinutes: 60 }) },
    {
      name: 'requests of a credential',
      ask: ({ usage }, _page, { credentialId }) =>
        usage.read({ ...lastDay(), bucketMinutes: 60, countedBy: credentialId }),
    },
    {
      name: 'activity bars',
      ask: ({ statistics }, _page, { credentialId }) =>
        statistics.hours({ countedBy: [credentialId], since: Date.now() - DAY }),
    },
    {
      name: 'impact of a user and of their applications',
      ask: ({ statistics }, _page, { userId }) =>
        statistics.impact({ userId, applications: 'too' }, Date.now() - DAY, Date.now()),
    },
    {
      name: 'impact of named credentials',
      ask: ({ statistics }, _page, { credentialId }) =>
        statistics.impact({ credentialIds: [credentialId, `${credentialId}0`] }, Date.now() - DAY, Date.now()),
    },
    {
      name: 'impact of a client',
      ask: ({ statistics }, _page, { clientId }) => statistics.impact({ clientId }, Date.now() - DAY, Date.now()),
    },
  ] satisfies List[]
).map(count => ({ ...count, few: true as const }))

export function planPromises(open: Open): void {
  test('no list, count or chart of the console reads a whole table, nor sorts more than it shows', async () => {
    await using installation = await open()
    const ids = await fill(installation.engine)
    const { stores, asked } = recording(installation.engine)
    const wrong: string[] = []
    for (const { name, ask, few } of [...LISTS, ...COUNTS]) {
      const page = { limit: 50 }
      const first = (await ask(stores, page, ids)) as { nextCursor?: string } | undefined
      if (first?.nextCursor !== undefined) await ask(stores, { ...page, cursor: first.nextCursor }, ids)
      const statements = asked.splice(0)
      assert.ok(statements.length > 0, name)
      for (const statement of statements)
        for (const step of await scans(installation.engine, statement, few ? 'may sort' : 'may not sort'))
          wrong.push(`${name}: ${step}\n    ${statement.sql.slice(0, 400)}`)
    }
    assert.deepEqual([...new Set(wrong)], [])
  })
}

function listed(
  filter: Parameters<Stores['credentials']['list']>[0],
  order: 'newest' | 'oldest' = 'newest',
): List['ask'] {
  return (stores, page) => stores.credentials.list(filter, { ...page, order })
}
const lastDay = () => ({ since: Date.now() - DAY, until: Date.now() })

/** Returns normal stores, and collects every statement with which they read. */
function recording(engine: Engine): { stores: Stores; asked: CompiledQuery[] } {
  const asked: CompiledQuery[] = []
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      asked.push(engine.db.getExecutor().compileQuery(node, queryId))
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { stores: openStores({ ...engine, db: engine.db.withPlugin(plugin) }), asked }
}

async function scans(
  { name, db }: Engine,
  { sql: text, parameters }: CompiledQuery,
  order: 'may sort' | 'may not sort',
): Promise<string[]> {
  const explain = (how: string) =>
    db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(how + text, [...parameters]))
  if (name === 'sqlite') {
    const steps = (await explain('explain query plan ')).rows.map(row => String(row['detail']))
    // A statement without a condition reads only the first rows, in the order of an index or of the table.
    const walk =
      / from "\w+" (where \(?((1 = 1|"(name|spent_at)" is not null|"revoked_at" is null)( and )?)+\)? )?order by (("\w+"|coalesce\(\w+, \w+\))( desc| asc)?,? ?)+limit \?/.test(
        text,
      )
    return steps.filter(
      step =>
        (!SMALL.some(index => step.endsWith(` ${index}`)) &&
          LARGE.some(table => step === `SCAN ${table}` || step.startsWith(`SCAN ${table} `)) &&
          !walk) ||
        (step === 'USE TEMP B-TREE FOR ORDER BY' && order === 'may not sort'),
    )
  }
  const lines = (await explain('explain ')).rows.map(row => String(row['QUERY PLAN']))
  return lines.filter(line => LARGE.some(table => new RegExp(`Seq Scan on ${table}\\b`).test(line)))
}

async function fill(engine: Engine): Promise<Ids> {
  const { db } = engine
  const now = Date.now()
  const users = times(MANY / 4, i =>
    fromUser({ ...aUser({ role: i % 300 === 0 ? 'admin' : 'user', active: i % 200 !== 1 }), number: i + 1, epoch: 0 }),
  )
  const clients = times(MANY / 10, i =>
    fromClient({
      ...aClient({
        type: i % 2 ? 'public' : 'confidential',
        source: i % 9 ? 'operator' : 'portal',
        ownerId: id(users, i),
      }),
      number: i + 1,
      epoch: 0,
      tokensIssued: 0,
    }),
  )
  const credentials = times(MANY, i => {
    const kind = KINDS[i % KINDS.length] as CredentialKind
    const createdAt = now - (MANY - i) * 60_000
    const named = ['api-key', 'application-token', 'token-pair'].includes(kind)
    return aCredential({
      kind,
      createdAt,
      userId: id(users, i * 7),
      expiresAt: createdAt + 20 * DAY,
      ...(named ? { name: i % 500 ? 'deploy' : 'report' } : { clientId: id(clients, i) }),
      ...(i % 8 === 0 && { revokedAt: now }),
    })
  })
  const journal = credentials.map(({ id: credentialId, createdAt, userId = '' }) =>
    fromJournalEntry(entry({ at: createdAt, credentialId, userId })),
  )
  const usage = credentials.slice(0, 5000).map(({ id: credentialId, kind }, i) => ({
    minute: Math.floor(now / 60_000) - (i % 2000),
    countedBy: credentialId,
    kind,
    outcome: i % 9 === 0 ? 'expired' : 'valid',
    count: 1 + (i % 50),
  }))
  await insert(engine, 'users', users)
  await insert(
    engine,
    'user_names',
    users.map(user => ({ name: user.handle, user_id: user.id })),
  )
  await insert(engine, 'clients', clients)
  await insert(
    engine,
    'grants',
    clients.map(({ id: clientId }, i) =>
      fromGrant(
        aGrant({ clientId, userId: id(users, i), activatedAt: now, ...(i % 50 !== 0 && { endsAt: now + DAY }) }),
      ),
    ),
  )
  await engine.insert({ credentials: credentials.map(fromCredential), journal })
  await openStores(engine).usage.add(usage, new Map(), [])
  if (engine.name === 'postgres') await sql`analyze`.execute(db as Kysely<Tables>)
  return { userId: id(users, 7), clientId: id(clients, 0), credentialId: credentials[9]?.id ?? '' }
}

const id = (rows: readonly { id: string }[], i: number): string => rows[i % rows.length]?.id ?? ''

const insert = <T extends keyof Tables>(engine: Engine, table: T, rows: readonly object[]): Promise<void> =>
  engine.write(async tx => {
    for (let i = 0; i < rows.length; i += 500)
      await tx
        .insertInto(table)
        .values(rows.slice(i, i + 500) as never)
        .execute()
  })
