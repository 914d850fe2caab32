import { findCredential } from '../core/credentials/find-credential.ts'
import { revokeAll } from '../core/credentials/revoke-all.ts'
import { revokeCredential } from '../core/credentials/revoke-credential.ts'
import { revokeEverything } from '../core/credentials/revoke-everything.ts'
import { findUser } from '../core/users/find-user.ts'
import { OPERATOR } from '../model/actor.ts'
import { type CredentialKind, KINDS } from '../model/credential.ts'
import type { CredentialFilter } from '../ports/stores.ts'
import { list, record } from './answer.ts'
import type { Call, Noun, Option, Verb } from './command.ts'
import { usage } from './options.ts'
import { PAGING, readPages } from './paging.ts'
import { iso, showCredential, statusText } from './shapes.ts'

const FILTERS: readonly Option[] = [
  { flags: '--user <user>', about: 'of this user' },
  { flags: '--app <client-id>', about: 'of this application' },
  { flags: '--status <status>', about: 'active, revoked, expired, rotating, expires_soon or unused' },
  { flags: '--created-after <time>', about: 'as in 30d: not older than that' },
  { flags: '--created-before <time>', about: 'as in 30d: older than that' },
  { flags: '--search <text>', about: 'part of the name, or the start of the id' },
  { flags: '--use <use>', about: 'recent, lapsed or never: used within 90 days, before that, or not at all' },
]
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
    {
      at: 'revoke <id>',
      aliases: ['rm'],
      about: 'End one for good; running servers refuse it within a second',
      examples: [`claviger ${word} revoke 4f2a…`],
      async run({ options, world }) {
        const ask = { credentialId: options.argument(0) }
        const { credential: ended, count } = await revokeCredential(await world(), OPERATOR, ask)
        return record(showCredential(ended), count === 0 ? { notes: ['It had been revoked before.'] } : {})
      },
    },
  ]
}

async function readFilter({ options, world }: Call, kinds?: readonly CredentialKind[]): Promise<CredentialFilter> {
  const [who, clientId] = [options.one('user'), options.one('app')]
  const status = options.oneOf('status', ['active', 'revoked', 'expired', 'rotating', 'expires_soon', 'unused'])
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
  async run({ options, world }) {
    const [who, app, kinds] = [options.one('user'), options.one('app'), readKind(options.one('kind'))]
    const everything = options.said('everything')
    if ([who, app].filter(one => one !== undefined).length + Number(everything) !== 1)
      throw usage('user', 'or --app or --everything must be said, one of them')
    if (everything && kinds) throw usage('everything', 'leaves out no kind; give it without --kind')
    const installation = await world()
    if (everything) return record({ revoked: await revokeEverything(installation, OPERATOR) })
    const of = who === undefined ? ('client' as const) : ('user' as const)
    const id = who === undefined ? (app ?? '') : (await findUser(installation, who)).id
    const revoked = await revokeAll(installation, OPERATOR, { of, id, ...(kinds && { kinds }) })
    return record({ revoked })
  },
}

export const credential: Noun = { verbs: [...credentialVerbs('credential'), revokeAllVerb] }
