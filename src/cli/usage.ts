import { type Counted, findCounted } from '../core/journal/find-counted.ts'
import { readCheckTimes } from '../core/journal/read-check-times.ts'
import { findUser } from '../core/users/find-user.ts'
import type { World } from '../core/world.ts'
import { AGE_BANDS, KINDS } from '../model/credential.ts'
import { DAY, SECOND } from '../model/span.ts'
import { list } from './answer.ts'
import type { Call, Noun, Option } from './command.ts'
import { iso, showCredential, showGrant } from './shapes.ts'

const MINUTES = { minute: 1, hour: 60, day: 1440 } as const

const SINCE: Option = { flags: '--since <time>', about: 'as in 24h: how far back (24h)' }
const BUCKET: Option = { flags: '--bucket <length>', about: 'minute, hour or day (hour)' }

/** What the charts of the console show. */
export const usage: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'How many checks, by kind and outcome, in buckets of time',
      examples: ['claviger usage list --since 7d --bucket day', 'claviger usage list --user ada --json'],
      options: [
        SINCE,
        BUCKET,
        { flags: '--user <user>', about: 'of this user' },
        { flags: '--app <client-id>', about: 'of this application' },
        { flags: '--grant <id>', about: 'of what a user allowed an application' },
        { flags: '--credential <id>', about: 'of this credential' },
      ],
      async run(call) {
        const world = await call.world()
        const [who, clientId, grantId, credentialId] = ['user', 'app', 'grant', 'credential'].map(name =>
          call.options.one(name),
        )
        const items = await world.usage.read({
          ...rangeOf(call),
          ...(who && { userId: (await findUser(world, who)).id }),
          ...(clientId && { clientId }),
          ...(grantId && { grantId }),
          ...(credentialId && { countedBy: credentialId }),
        })
        const shown = items.map(one => ({ ...one, kind: KINDS[one.kind as keyof typeof KINDS].shown }))
        return list({ items: shown }, one => ({ ...one, at: iso(one.at) }), {
          from: one => iso(one.at),
          kind: one => one.kind,
          outcome: one => one.outcome,
          count: one => one.count,
        })
      },
    },
    {
      at: 'top',
      about: 'The credentials, grants and applications whose tokens are used, or refused, most',
      examples: ['claviger usage top', 'claviger usage top --by refusals --since 1h'],
      options: [SINCE, { flags: '--by <what>', about: 'uses or refusals (uses)' }],
      async run(call) {
        const world = await call.world()
        const by = call.options.oneOf('by', ['uses', 'refusals']) ?? 'uses'
        const rows = await world.statistics.top({ ...rangeOf(call), by, limit: 10 })
        const found = await Promise.all(
          rows.map(async ({ countedBy, count }) => ({ counted: await findCounted(world, countedBy), count })),
        )
        const items = await Promise.all(
          found.flatMap(({ counted, count }) => (counted ? [busiest(world, counted, count)] : [])),
        )
        return list({ items }, one => one, {
          id: one => one.id,
          kind: one => one.kind,
          name: one => one.name,
          hint: one => one.hint,
          count: one => one.count,
        })
      },
    },
    {
      at: 'times',
      about: 'How long checks took: percentiles in milliseconds, in buckets of time',
      examples: ['claviger usage times --since 1h --bucket minute', 'claviger usage times --json'],
      options: [SINCE, BUCKET],
      async run(call) {
        const { buckets } = await readCheckTimes(await call.world(), rangeOf(call))
        const items = buckets.map(({ p50 = 0, p95 = 0, p99 = 0, ...one }) => ({
          at: iso(one.at),
          checks: one.checks,
          p50_ms: rounded(p50),
          p95_ms: rounded(p95),
          p99_ms: rounded(p99),
        }))
        return list({ items }, one => one, {
          from: one => one.at,
          checks: one => one.checks,
          'p50 ms': one => one.p50_ms,
          'p95 ms': one => one.p95_ms,
          'p99 ms': one => one.p99_ms,
        })
      },
    },
    {
      at: 'ages',
      about: 'Live keys and application tokens by age, and whether they are used (within 90 days)',
      examples: ['claviger usage ages'],
      async run({ world }) {
        const { statistics, now } = await world()
        const items = (await statistics.ages(now())).map(({ fromDays, kind, use, count }) => ({
          from_days: fromDays,
          to_days: AGE_BANDS.find(days => days > fromDays) ?? null,
          kind: KINDS[kind].shown,
          use,
          count,
        }))
        return list({ items }, one => one, {
          'from days': one => one.from_days,
          'to days': one => one.to_days,
          kind: one => one.kind,
          use: one => one.use,
          count: one => one.count,
        })
      },
    },
  ],
}

function rangeOf({ options }: Call) {
  const bucket = options.oneOf('bucket', ['minute', 'hour', 'day']) ?? 'hour'
  const until = Date.now()
  const since = until - (options.duration('since') ?? DAY / SECOND) * 1000
  return { since, until, bucketMinutes: MINUTES[bucket] }
}

const rounded = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000

/** Tokens without a row are counted by what a user allowed an application, or by the application that acts for itself. */
async function busiest(world: World, counted: Counted, count: number) {
  if (counted.is === 'credential') return { ...showCredential(counted.credential), count }
  const clientId = counted.is === 'client' ? counted.client.id : counted.grant.clientId
  const name = (await world.clients.byId(clientId))?.name ?? null
  return counted.is === 'client'
    ? { id: clientId, kind: 'application', name, hint: '', count }
    : { ...showGrant(counted.grant), kind: 'grant', name, hint: '', count }
}
