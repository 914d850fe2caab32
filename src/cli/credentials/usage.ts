import { DAY, SECOND } from '../../model/span.ts'
import type { Answer as Told } from '../../server/management.ts'
import { list } from '../output/answer.ts'
import { isoOf, showCredential, showGrant } from '../output/shapes.ts'
import { findUser } from '../place/find-user.ts'
import type { Call, Noun, Option } from '../program/command.ts'
import { usage as usageError } from '../program/options.ts'

const SINCE: Option = { flags: '--since <time>', about: 'length of the past time to count, such as 7d (default: 24h)' }
const BUCKET: Option = {
  flags: '--bucket <length>',
  about: 'length of one bucket of time: minute, hour or day (default: hour)',
}

const OF: Option[] = [
  { flags: '--user <user>', about: 'count only for this user: handle, e-mail address or id' },
  { flags: '--app <client-id>', about: 'count only for this application: client id' },
  { flags: '--grant <id>', about: 'count only for this grant: id' },
  { flags: '--credential <id>', about: 'count only for this credential: id' },
]

async function readOf(call: Call) {
  const [who, client, grant, credential] = ['user', 'app', 'grant', 'credential'].map(name => call.options.one(name))
  return {
    ...(who && { owner: (await findUser(call, who)).id }),
    ...(client && { client }),
    ...(grant && { grant }),
    ...(credential && { credential }),
  }
}

/** The same counts as the charts of the console. */
export const usage: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'Count checks by bucket of time, kind and outcome',
      examples: ['claviger usage list --since 7d --bucket day', 'claviger usage list --user ada --json'],
      options: [SINCE, BUCKET, ...OF],
      async run(call) {
        const query = {
          ...rangeOf(call),
          bucket: bucketOf(call),
          ...(await readOf(call)),
        }
        const { items } = await call.manage('readUsage', { query })
        return list({ items }, one => ({ ...one, at: isoOf(one.at) }), {
          from: one => isoOf(one.at),
          kind: one => one.kind,
          outcome: one => one.outcome,
          count: one => one.count,
        })
      },
    },
    {
      at: 'top',
      about: 'List the credentials, grants and applications whose tokens are used, or refused, most',
      examples: ['claviger usage top', 'claviger usage top --by refusals --since 1h'],
      options: [SINCE, { flags: '--by <what>', about: 'what to count: uses or refusals (default: uses)' }],
      async run(call) {
        const by = call.options.oneOf('by', ['uses', 'refusals']) ?? 'uses'
        const top = await call.manage('topCredentials', { query: { ...rangeOf(call), by, limit: 10 } })
        const items = top.items.map(busiest)
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
      at: 'networks',
      about: 'List the networks from which tokens were accepted, latest first',
      examples: ['claviger usage networks --app clv_cid_…', 'claviger usage networks --credential 4f2a…'],
      options: OF,
      async run(call) {
        const query = await readOf(call)
        if (Object.keys(query).length === 0) throw usageError('app', 'or --user, --grant, --credential must be given')
        const { items } = await call.manage('readNetworks', { query })
        return list({ items }, one => ({ ...one, last_at: isoOf(one.last_at) }), {
          network: one => one.network,
          'last at': one => isoOf(one.last_at),
        })
      },
    },
    {
      at: 'times',
      about: 'Show the duration of checks by bucket of time, as percentiles in milliseconds',
      examples: ['claviger usage times --since 1h --bucket minute', 'claviger usage times --json'],
      options: [SINCE, BUCKET],
      async run(call) {
        const times = await call.manage('readCheckTimes', { query: { ...rangeOf(call), bucket: bucketOf(call) } })
        const items = times.items.map(({ at, ...spread }) => ({ at: isoOf(at), ...spread }))
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
      about: 'Count working API keys and application tokens by age, and by use within 90 days',
      examples: ['claviger usage ages'],
      async run({ manage }) {
        const { items } = await manage('credentialAges')
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

/** Use of tokens without a row is counted per grant, or per client for tokens without a user. */
function busiest({ credential, grant, client, count }: Told<'topCredentials'>['items'][number]) {
  if (credential) return { ...showCredential(credential), count }
  if (grant) return { ...showGrant(grant), kind: 'grant', name: grant.client.name, hint: '', count }
  return { id: client?.id ?? '', kind: 'application', name: client?.name ?? null, hint: '', count }
}

function rangeOf({ options }: Call) {
  const until = Math.floor(Date.now() / 1000)
  return { since: until - (options.duration('since') ?? DAY / SECOND), until }
}

const bucketOf = ({ options }: Call) => options.oneOf('bucket', ['minute', 'hour', 'day']) ?? 'hour'
