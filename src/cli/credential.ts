import { findCredential } from '../core/credentials/find-credential.ts'
import { foreseeEnding } from '../core/credentials/foresee-ending.ts'
import { revokeAll } from '../core/credentials/revoke-all.ts'
import { revokeCredential } from '../core/credentials/revoke-credential.ts'
import { revokeEverything } from '../core/credentials/revoke-everything.ts'
import { findUser } from '../core/users/find-user.ts'
import { OPERATOR } from '../model/actor.ts'
import { type CredentialKind, KINDS, OPENING_KINDS } from '../model/credential.ts'
import type { CredentialFilter } from '../ports/stores.ts'
import { list, record } from './answer.ts'
import type { Call, Noun, Option, Verb } from './command.ts'
import { updateVerb } from './credential-update.ts'
import { ofCredential } from './foresee.ts'
import { type Options, usage } from './options.ts'
import { PAGING, readPages } from './paging.ts'
import { iso, showCredential, statusText } from './shapes.ts'

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
        const { credentials } = await call.world()
        const filter = await readFilter(call, kinds)
        return list(await readPages(call, ask => credentials.list(filter, ask)), showCredential, {
          id: one => one.id,
          kind: one => KINDS[one.kind].shown,
          name: one => one.name,
          hint: one => one.hint,
          status: statusText,
          scope: one => one.scopes?.join(' '),
          expires: one => iso(one.expiresAt),
          'last used': one => iso(one.lastUsedAt),
        })
      },
    },
    {
      at: 'get <id>',
      about: 'Show one',
      examples: [`claviger ${word} get 4f2a…`],
      async run({ options, world }) {
        return record(
          showCredential(await findCredential(await world(), OPERATOR, options.argument(0), 'getCredential')),
        )
      },
    },
    updateVerb(word),
    {
      at: 'revoke <id>',
      aliases: ['rm'],
      about: 'End one for good; running servers refuse it within a second',
      examples: [`claviger ${word} revoke 4f2a…`, `claviger ${word} revoke 4f2a… --dry-run`],
      ends: { act: word === 'session' ? 'endSession' : 'revokeCredential', foresee: ofCredential },
      async run({ options, world }) {
        const ask = { credentialId: options.argument(0) }
        const { credential: ended, count } = await revokeCredential(await world(), OPERATOR, ask)
        if (!ended) return record({ id: ask.credentialId, revoked: count }, { notes: [WITHOUT_ROW] })
        return record(showCredential(ended), count === 0 ? { notes: ['It had been revoked before.'] } : {})
      },
    },
  ]
}

const WITHOUT_ROW =
  'Nothing stored has this id. If it is that of an access token without a row, the token is refused from now on.'

async function readFilter({ options, world }: Call, kinds?: readonly CredentialKind[]): Promise<CredentialFilter> {
  const [who, clientId] = [options.one('user'), options.one('app')]
  const status = options.oneOf('status', STATUSES)
  const search = options.one('search')
  const [after, before] = [options.duration('createdAfter'), options.duration('createdBefore')]
  const use = options.oneOf('use', ['recent', 'lapsed', 'never'])
  const chosen = kinds ?? readKind(options.one('kind'))
  return {
    ...(who && { userId: (await findUser(await world(), who)).id }),
    ...(clientId && { clientId }),
    ...(status && { status: status === 'expires_soon' ? ('expires-soon' as const) : status }),
    ...(search && { search }),
    ...(typeof after === 'number' && { createdAfter: Date.now() - after * 1000 }),
    ...(typeof before === 'number' && { createdBefore: Date.now() - before * 1000 }),
    ...(use && { use }),
    ...(chosen && { kinds: chosen }),
  }
}

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
    async foresee({ options, world }) {
      const ask = await readAll(options, await world())
      const what = ask === 'everything' ? ask : `all of the ${ask.of === 'user' ? 'user' : 'application'} ${ask.name}`
      const of = ask === 'everything' ? ({ of: ask } as const) : { kinds: OPENING_KINDS, ...ask }
      return { what, impact: await foreseeEnding(await world(), OPERATOR, of) }
    },
  },
  async run({ options, world }) {
    const installation = await world()
    const ask = await readAll(options, installation)
    if (ask === 'everything') return record({ revoked: await revokeEverything(installation, OPERATOR) })
    return record({ revoked: await revokeAll(installation, OPERATOR, ask) })
  },
}

async function readAll(options: Options, installation: Parameters<typeof findUser>[0]) {
  const [who, app, kinds] = [options.one('user'), options.one('app'), readKind(options.one('kind'))]
  const everything = options.said('everything')
  if ([who, app].filter(one => one !== undefined).length + Number(everything) !== 1)
    throw usage('user', 'or --app or --everything must be said, one of them')
  if (everything && kinds) throw usage('everything', 'leaves out no kind; give it without --kind')
  if (everything) return 'everything'
  const some = kinds && { kinds }
  if (who === undefined) return { of: 'client' as const, id: app ?? '', name: app ?? '', ...some }
  const { id, handle } = await findUser(installation, who)
  return { of: 'user' as const, id, name: handle, ...some }
}

export const credential: Noun = { verbs: [...credentialVerbs('credential'), revokeAllVerb] }
