import { type CredentialKind, KINDS, UNUSED_DAYS } from '../../model/credentials/credential.ts'
import { scopesInWords } from '../../model/scopes/scope.ts'
import type { Query } from '../../server/management.ts'
import { list, record } from '../output/answer.ts'
import { PAGING, readPages } from '../output/paging.ts'
import { isoOf, showCredential } from '../output/shapes.ts'
import { findApi } from '../place/find-api.ts'
import { findUser } from '../place/find-user.ts'
import { clientNamed, unlessMissing } from '../place/named.ts'
import type { Call, Noun, Option, Verb } from '../program/command.ts'
import { ofEndable } from '../program/foresee.ts'
import { KIND, readKind, THINGS, type Word } from './credential-kinds.ts'
import { daysOf, revokeAllVerb } from './credential-revoke-all.ts'
import { updateVerb } from './credential-update.ts'

const FILTERS: readonly Option[] = [
  { flags: '--user <user>', about: 'list only credentials of this user: handle, e-mail address or id' },
  { flags: '--app <name>', about: 'list only credentials of this application: name or client id' },
  { flags: '--api <audience>', about: 'list only credentials that have access to this API: audience or client id' },
  {
    flags: '--unused-for <days>',
    about: 'list only working credentials that were not used for this time, in whole days, such as 60d',
  },
  {
    flags: '--status <status>',
    about: `list only those with this status: active, disabled, revoked, expired, rotating, expires_soon, unused (for ${UNUSED_DAYS} days), live or ended`,
  },
  {
    flags: '--made-by <whom>',
    about: 'list only what was made by people (keys and tokens with a name) or by protocol (tokens of sign-ins)',
  },
  {
    flags: '--sort <order>',
    about:
      'sort by created, last-used or expires (default: created); the other two list only working credentials that people made',
  },
  { flags: '--oldest-first', about: 'print the oldest first, or the earliest with --sort' },
  { flags: '--created-after <time>', about: 'list only credentials that were created in this past time, such as 30d' },
  { flags: '--created-before <time>', about: 'list only credentials that are older than this, such as 30d' },
  { flags: '--search <text>', about: 'part of the name, or first characters of the id' },
  { flags: '--use <use>', about: 'last use: recent (within 90 days), lapsed (before that) or never' },
]
const STATUSES = [
  'live',
  'ended',
  'active',
  'disabled',
  'revoked',
  'expired',
  'rotating',
  'expires_soon',
  'unused',
] as const
/** The verbs list, get and revoke, for all kinds of credentials or for some. */
export function credentialVerbs(word: Word, kinds?: readonly CredentialKind[]): Verb[] {
  const [one, several] = THINGS[word]
  return [
    {
      at: 'list',
      aliases: ['ls'],
      about: `List ${several}, newest first, without their secrets`,
      examples: [`claviger ${word} list --user ada`, `claviger ${word} list --unused-for 60d`],
      options: [...FILTERS, ...(kinds ? [] : [KIND]), ...PAGING],
      async run(call) {
        const filter = await readFilter(call, kinds)
        const page = await readPages(call, ask => call.manage('listCredentials', { query: { ...filter, ...ask } }))
        return list(page, showCredential, {
          id: one => one.id,
          kind: one => one.kind,
          name: one => one.name,
          hint: one => one.hint,
          status: one => one.status,
          scope: one => scopesInWords(one.scopes),
          expires: one => isoOf(one.expires_at),
          'last used': one => isoOf(one.last_used_at),
        })
      },
    },
    {
      at: 'get <id>',
      about: `Show ${one}`,
      examples: [`claviger ${word} get 4f2a…`],
      run: async ({ options, manage }) =>
        record(showCredential(await manage('getCredential', { id: options.argument(0) }))),
    },
    updateVerb(word),
    {
      at: 'revoke <id>',
      aliases: ['rm'],
      about: `Revoke ${one} for good; running servers refuse it within a second`,
      examples: [`claviger ${word} revoke 4f2a…`, `claviger ${word} revoke 4f2a… --dry-run`],
      ends: { act: word === 'session' ? 'endSession' : 'revokeCredential', foresee: ofEndable },
      async run({ options, manage }) {
        const id = options.argument(0)
        const { revoked } = await manage('revokeCredential', { id })
        const ended = await manage('getCredential', { id }).catch(unlessMissing)
        if (!ended) return record({ id, revoked }, { notes: [WITHOUT_ROW] })
        return record(showCredential(ended), revoked === 0 ? { notes: ['It had been revoked before.'] } : {})
      },
    },
  ]
}

const WITHOUT_ROW =
  'Nothing stored has this id. If it is that of an access token without a row, the token is refused from now on.'

const SORTS = { created: 'created_at', 'last-used': 'last_used_at', expires: 'expires_at' } as const

async function readFilter(call: Call, kinds?: readonly CredentialKind[]): Promise<Query<'listCredentials'>> {
  const { options } = call
  const [who, app] = [options.one('user'), options.one('app')]
  const unusedFor = options.duration('unusedFor')
  const sort = SORTS[options.oneOf('sort', Object.keys(SORTS) as (keyof typeof SORTS)[]) ?? 'created']
  const sorted = sort !== 'created_at'
  const madeBy = options.oneOf('madeBy', ['people', 'protocol']) ?? (sorted ? ('people' as const) : undefined)
  const status =
    options.oneOf('status', STATUSES) ?? (sorted && unusedFor === undefined ? ('live' as const) : undefined)
  const search = options.one('search')
  const [after, before] = [options.duration('createdAfter'), options.duration('createdBefore')]
  const use = options.oneOf('use', ['recent', 'lapsed', 'never'])
  const api = options.one('api')
  const chosen = kinds ?? readKind(options.one('kind'))
  return {
    ...(who && { owner: (await findUser(call, who)).id }),
    ...(app && { client: (await clientNamed(call, app)).id }),
    ...(unusedFor !== undefined && { unused_days: daysOf(unusedFor) }),
    ...(madeBy && { made_by: madeBy }),
    sort: options.said('oldestFirst') ? sort : (`-${sort}` as const),
    ...(api && { api: (await findApi(call, api)).id }),
    ...(status && { status }),
    ...(search && { q: search }),
    ...(after !== undefined && { created_after: secondsAgo(after) }),
    ...(before !== undefined && { created_before: secondsAgo(before) }),
    ...(use && { use }),
    ...(chosen && { kind: chosen.map(kind => KINDS[kind].shown).join(',') }),
  }
}

const secondsAgo = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds

export const credential: Noun = { verbs: [...credentialVerbs('credential'), revokeAllVerb] }
