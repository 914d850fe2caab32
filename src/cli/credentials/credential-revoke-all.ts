import { foreseeEnding } from '../../core/credentials/foresee-ending.ts'
import { revokeEverything } from '../../core/credentials/revoke-everything.ts'
import { KINDS, OPENING_KINDS } from '../../model/credentials/credential.ts'
import { UNCOUNTED } from '../../model/credentials/statement.ts'
import { DAY, SECOND } from '../../model/span.ts'
import { OPERATOR } from '../../model/users/actor.ts'
import type { Query, Answer as Told } from '../../server/management.ts'
import { openLogPosition } from '../../server/tasks/log-position.ts'
import { record } from '../output/answer.ts'
import { findUser } from '../place/find-user.ts'
import { clientNamed } from '../place/named.ts'
import type { Call, Foreseen, Verb } from '../program/command.ts'
import { counted } from '../program/foresee.ts'
import { usage } from '../program/options.ts'
import { KIND, readKind } from './credential-kinds.ts'

/** Ends all credentials of one owner, all unused ones, or all of the installation. */
export const revokeAllVerb: Verb = {
  at: 'revoke-all',
  about: 'Revoke all credentials of a user or an application, all unused ones, or all, for good',
  examples: [
    'claviger credential revoke-all --user ada',
    'claviger credential revoke-all --unused-for 60d --dry-run',
    'claviger credential revoke-all --app clv_cid_… --kind access_token',
    'claviger credential revoke-all --everything',
  ],
  options: [
    { flags: '--user <user>', about: 'user whose credentials are revoked: handle, e-mail address or id' },
    { flags: '--app <name>', about: 'application whose credentials are revoked: name or client id' },
    {
      flags: '--unused-for <days>',
      about: 'revoke what users created and did not use for this time, in whole days, such as 60d',
    },
    KIND,
    {
      flags: '--everything',
      about: 'revoke every credential, session and grant of the installation (after a backup was restored)',
    },
  ],
  ends: {
    act(options) {
      if (options.said('everything')) return 'revokeEverything'
      return options.one('unusedFor') === undefined ? 'revokeAll' : 'revokeCredentials'
    },
    async foresee(call) {
      const ask = await readAll(call)
      if (ask === 'everything') {
        const impact = await foreseeEnding(await call.world(), OPERATOR, { of: ask })
        return { what: ask, impact }
      }
      if (ask.of === 'unused') return foreseeUnused(call, ask)
      const { id, name, kinds } = ask
      const what = `all of the ${ask.of === 'user' ? 'user' : 'application'} ${name}`
      const query = { kinds: (kinds ?? OPENING_KINDS).map(kind => KINDS[kind].shown).join(',') }
      const operation = ask.of === 'user' ? ('userImpact' as const) : ('clientImpact' as const)
      return counted(what, await call.manage(operation, { id, query }))
    },
  },
  async run(call) {
    const ask = await readAll(call)
    if (ask === 'everything') {
      const installation = await call.world()
      const revoked = await revokeEverything(installation, OPERATOR)
      // Stores the log position, so that servers accept this database even if it was restored from a backup.
      openLogPosition(call.config()).keep(installation.lookups.place())
      return record({ revoked }, { notes: [UNCOUNTED] })
    }
    if (ask.of === 'unused') return record({ revoked: await revokeUnused(call, ask) })
    const of = ask.of === 'user' ? { owner_id: ask.id } : { client_id: ask.id }
    const body = { ...of, ...(ask.kinds && { kinds: ask.kinds.map(kind => KINDS[kind].shown) }) }
    return record(await call.manage('revokeCredentials', { body }), { notes: [UNCOUNTED] })
  },
}

type Unused = { of: 'unused'; days: number; query: Query<'listCredentials'> }

async function readAll(call: Call) {
  const { options } = call
  const [who, app, kinds] = [options.one('user'), options.one('app'), readKind(options.one('kind'))]
  const unusedFor = options.duration('unusedFor')
  const everything = options.said('everything')
  const owners = [who, app].filter(one => one !== undefined).length + Number(everything)
  if (owners > 1 || (owners === 0 && unusedFor === undefined) || (everything && unusedFor !== undefined))
    throw usage('user', 'or --app or --unused-for or --everything must be said, one of them')
  if (everything && kinds) throw usage('everything', 'leaves out no kind; give it without --kind')
  if (everything && call.place().is === 'server')
    throw usage('everything', 'works at the machine of the server alone: it is the last step after restoring a backup')
  if (everything) return 'everything'
  const some = kinds && { kinds }
  const user = who === undefined ? undefined : await findUser(call, who)
  const client = app === undefined ? undefined : await clientNamed(call, app)
  if (unusedFor !== undefined) {
    const days = daysOf(unusedFor)
    const of = { ...(user && { owner: user.id }), ...(client && { client: client.id }) }
    const kind = kinds && { kind: kinds.map(one => KINDS[one].shown).join(',') }
    return { of: 'unused' as const, days, query: { ...of, ...kind, unused_days: days } }
  }
  if (user) return { of: 'user' as const, id: user.id, name: user.handle, ...some }
  return { of: 'client' as const, id: client?.id ?? '', name: app ?? '', ...some }
}

/** Disuse is counted in whole days. */
export function daysOf(seconds: number): number {
  const days = (seconds * SECOND) / DAY
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw usage('unusedFor', 'must be whole days, as in 60d')
  return days
}

type Row = Told<'listCredentials'>['items'][number]

async function unused({ manage }: Pick<Call, 'manage'>, { query }: Unused): Promise<Row[]> {
  const found: Row[] = []
  let cursor: string | null = null
  do {
    const page: Told<'listCredentials'> = await manage('listCredentials', {
      query: { ...query, limit: 200, ...(cursor !== null && { cursor }) },
    })
    found.push(...page.items)
    cursor = page.next_cursor
  } while (cursor !== null)
  return found
}

const MOST_NAMED = 10
async function foreseeUnused(call: Call, ask: Unused): Promise<Foreseen> {
  const rows = await unused(call, ask)
  const names = rows.slice(0, MOST_NAMED).map(({ name, hint }) => name ?? hint)
  const more = rows.length > MOST_NAMED ? ` and ${rows.length - MOST_NAMED} more` : ''
  const lastUse = Math.max(0, ...rows.map(({ last_used_at }) => last_used_at ?? 0))
  return {
    what: `unused for ${ask.days} days: ${names.length === 0 ? 'none' : names.join(', ')}${more}`,
    // Unused credentials have no use in the last day, so these counts are zero.
    impact: {
      uses: 0,
      refusals: 0,
      networks: 0,
      credentials: rows.length,
      users: new Set(rows.flatMap(({ owner }) => owner?.id ?? [])).size,
      applications: 0,
      ...(lastUse > 0 && { lastUsedAt: lastUse * 1000 }),
    },
  }
}

const AT_ONCE = 100
async function revokeUnused(call: Call, ask: Unused): Promise<number> {
  const ids = (await unused(call, ask)).map(({ id }) => id)
  let revoked = 0
  for (let i = 0; i < ids.length; i += AT_ONCE)
    revoked += (await call.manage('revokeCredentials', { body: { ids: ids.slice(i, i + AT_ONCE) } })).revoked
  return revoked
}
