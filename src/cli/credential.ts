import { foreseeEnding } from '../core/credentials/foresee-ending.ts'
import { revokeEverything } from '../core/credentials/revoke-everything.ts'
import { OPERATOR } from '../model/actor.ts'
import { type CredentialKind, KINDS, OPENING_KINDS } from '../model/credential.ts'
import { scopesInWords } from '../model/scope.ts'
import type { Query } from '../server/management.ts'
import { list, record } from './answer.ts'
import type { Call, Noun, Option, Verb } from './command.ts'
import { updateVerb } from './credential-update.ts'
import { findUser } from './find-user.ts'
import { counted, ofCredential } from './foresee.ts'
import { unlessMissing } from './named.ts'
import { usage } from './options.ts'
import { PAGING, readPages } from './paging.ts'
import { isoOf, showCredential } from './shapes.ts'

const FILTERS: readonly Option[] = [
  { flags: '--user <user>', about: 'of this user' },
  { flags: '--app <client-id>', about: 'of this application' },
  { flags: '--status <status>', about: 'active, disabled, revoked, expired, rotating, expires_soon or unused' },
  { flags: '--created-after <time>', about: 'as in 30d: not older than that' },
  { flags: '--created-before <time>', about: 'as in 30d: older than that' },
  { flags: '--search <text>', about: 'part of the name, or the start of the id' },
  { flags: '--use <use>', about: 'recent, lapsed or never: used within 90 days, before that, or not at all' },
]
const STATUSES = ['active', 'disabled', 'revoked', 'expired', 'rotating', 'expires_soon', 'unused'] as const
const KIND: Option = {
  flags: '--kind <kind>',
  about: `one or several, with commas: ${Object.values(KINDS)
    .map(({ shown }) => shown)
    .join(', ')}`,
}

/** List, get and revoke, over all kinds or over some. */
export function credentialVerbs(word: string, kinds?: readonly CredentialKind[]): Verb[] {
  return [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List them, newest first, without their secrets',
      examples: [`claviger ${word} list --user ada`, `claviger ${word} list --status active --json`],
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
      about: 'Show one',
      examples: [`claviger ${word} get 4f2a…`],
      run: async ({ options, manage }) =>
        record(showCredential(await manage('getCredential', { id: options.argument(0) }))),
    },
    updateVerb(word),
    {
      at: 'revoke <id>',
      aliases: ['rm'],
      about: 'End one for good; running servers refuse it within a second',
      examples: [`claviger ${word} revoke 4f2a…`, `claviger ${word} revoke 4f2a… --dry-run`],
      ends: { act: word === 'session' ? 'endSession' : 'revokeCredential', foresee: ofCredential },
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

async function readFilter(call: Call, kinds?: readonly CredentialKind[]): Promise<Query<'listCredentials'>> {
  const { options } = call
  const [who, clientId] = [options.one('user'), options.one('app')]
  const status = options.oneOf('status', STATUSES)
  const search = options.one('search')
  const [after, before] = [options.duration('createdAfter'), options.duration('createdBefore')]
  const use = options.oneOf('use', ['recent', 'lapsed', 'never'])
  const chosen = kinds ?? readKind(options.one('kind'))
  return {
    ...(who && { owner: (await findUser(call, who)).id }),
    ...(clientId && { client: clientId }),
    ...(status && { status }),
    ...(search && { q: search }),
    ...(after !== undefined && { created_after: secondsAgo(after) }),
    ...(before !== undefined && { created_before: secondsAgo(before) }),
    ...(use && { use }),
    ...(chosen && { kind: chosen.map(kind => KINDS[kind].shown).join(',') }),
  }
}

const secondsAgo = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds

/** As they are shown, or as they are called inside: `api_key` and `api-key`. */
function readKind(said: string | undefined): CredentialKind[] | undefined {
  return said?.split(',').map(name => {
    const found = (Object.keys(KINDS) as CredentialKind[]).find(kind => kind === name.trim().replaceAll('_', '-'))
    if (!found) throw usage('kind', `must be ${KIND.about}, not "${name}"`)
    return found
  })
}

/** Everything of one owner at once. */
const revokeAllVerb: Verb = {
  at: 'revoke-all',
  about: 'End all that a user or an application has, or everything, for good',
  examples: [
    'claviger credential revoke-all --user ada',
    'claviger credential revoke-all --app clv_cid_… --kind access_token',
    'claviger credential revoke-all --everything',
  ],
  options: [
    { flags: '--user <user>', about: 'of this user' },
    { flags: '--app <client-id>', about: 'of this application' },
    KIND,
    { flags: '--everything', about: 'of everybody, sessions and grants included: after restoring a backup' },
  ],
  ends: {
    act: options => (options.said('everything') ? 'revokeEverything' : 'revokeAll'),
    async foresee(call) {
      const ask = await readAll(call)
      if (ask === 'everything') {
        const impact = await foreseeEnding(await call.world(), OPERATOR, { of: ask })
        return { what: ask, impact }
      }
      const { id, name, kinds } = ask
      const what = `all of the ${ask.of === 'user' ? 'user' : 'application'} ${name}`
      const query = { kinds: (kinds ?? OPENING_KINDS).map(kind => KINDS[kind].shown).join(',') }
      const operation = ask.of === 'user' ? ('userImpact' as const) : ('clientImpact' as const)
      return counted(what, await call.manage(operation, { id, query }))
    },
  },
  async run(call) {
    const ask = await readAll(call)
    if (ask === 'everything') return record({ revoked: await revokeEverything(await call.world(), OPERATOR) })
    const of = ask.of === 'user' ? { owner_id: ask.id } : { client_id: ask.id }
    const body = { ...of, ...(ask.kinds && { kinds: ask.kinds.map(kind => KINDS[kind].shown) }) }
    return record(await call.manage('revokeCredentials', { body }))
  },
}

async function readAll(call: Call) {
  const { options } = call
  const [who, app, kinds] = [options.one('user'), options.one('app'), readKind(options.one('kind'))]
  const everything = options.said('everything')
  if ([who, app].filter(one => one !== undefined).length + Number(everything) !== 1)
    throw usage('user', 'or --app or --everything must be said, one of them')
  if (everything && kinds) throw usage('everything', 'leaves out no kind; give it without --kind')
  if (everything && call.place().is === 'server')
    throw usage('everything', 'works at the machine of the server alone: it is the last step after restoring a backup')
  if (everything) return 'everything'
  const some = kinds && { kinds }
  if (who === undefined) return { of: 'client' as const, id: app ?? '', name: app ?? '', ...some }
  const { id, handle } = await findUser(call, who)
  return { of: 'user' as const, id, name: handle, ...some }
}

export const credential: Noun = { verbs: [...credentialVerbs('credential'), revokeAllVerb] }
