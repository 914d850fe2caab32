import type { Body } from '../../server/management.ts'
import { record } from '../output/answer.ts'
import { showCredential } from '../output/shapes.ts'
import type { Call, Option, Verb } from '../program/command.ts'
import { ofCredential } from '../program/foresee.ts'
import { type Options, usage } from '../program/options.ts'
import { THINGS, type Word } from './credential-kinds.ts'

export const METADATA: Option = {
  flags: '--metadata <name=value>',
  about: "data for programs, such as team=billing; replaces all present data; '' removes it (can be repeated)",
  many: true,
}

const CHANGES: readonly Option[] = [
  { flags: '--name <name>', about: 'name that says what it is for' },
  { flags: '--note <text>', about: "note, such as where it is stored and what uses it; '' removes it" },
  {
    flags: '--scope <scopes>',
    about: 'new scopes, such as "read write"; scopes that are not named stop working at once',
  },
  { flags: '--all-scopes', about: 'everything its owner may do' },
  { flags: '--no-scopes', about: 'no scopes: it only proves who its owner is' },
  {
    flags: '--network <cidr>',
    about: 'network from which it is valid, such as 10.0.0.0/8, or any (can be repeated)',
    many: true,
  },
  {
    flags: '--expires <time>',
    about: 'time until it expires, such as 90d or 12h, its last day, such as 2027-01-31, or never',
  },
  METADATA,
  { flags: '--disable', about: 'disable it: requests with it are refused until it is enabled' },
  { flags: '--enable', about: 'enable it again' },
]

/** Changes the scopes and the description of a credential. The secret stays the same. */
export const updateVerb = (word: Word): Verb => ({
  at: 'update <id>',
  aliases: ['edit'],
  about: `Change, disable or enable ${THINGS[word][0]}; the secret stays the same`,
  examples: [
    `claviger ${word} update 4f2a… --scope "read" --expires 30d`,
    `claviger ${word} update 4f2a… --disable`,
    `claviger ${word} update 4f2a… --enable --network 10.0.0.0/8`,
  ],
  options: CHANGES,
  ends: { act: 'disableCredential', only: 'disable', foresee: ofCredential },
  async run(call) {
    const id = call.options.argument(0)
    return record(showCredential(await call.manage('changeCredential', { id, body: readChange(call) })))
  },
})

function readChange({ options }: Call): Body<'changeCredential'> {
  const now = Date.now()
  const [name, note, scopes] = [options.one('name'), options.one('note'), options.scopes()]
  const [networks, metadata, active] = [options.all('network'), readMetadata(options), readActive(options)]
  const life = options.ending('expires', now)
  const none = options.either('scopes') === false
  if ([scopes !== undefined, options.said('allScopes'), none].filter(Boolean).length > 1)
    throw usage('scope', ', --no-scopes and --all-scopes say different things; one of them')
  const change = {
    ...(name !== undefined && { name }),
    ...(note !== undefined && { note: note || null }),
    ...(scopes && { scopes }),
    ...(options.said('allScopes') && { scopes: null }),
    ...(none && { scopes: [] }),
    ...(networks.length > 0 && { networks: networks.includes('any') ? null : networks }),
    ...(life !== undefined && { expires_at: life === null ? null : Math.floor(now / 1000 + life) }),
    ...(metadata !== undefined && { metadata }),
    ...(active !== undefined && { active }),
  }
  if (Object.keys(change).length === 0) throw usage('name', 'or another change must be said; see --help')
  return change
}

function readActive(options: Options): boolean | undefined {
  const [disable, enable] = [options.said('disable'), options.said('enable')]
  if (disable && enable) throw usage('disable', 'and --enable exclude each other')
  return disable ? false : enable ? true : undefined
}

export function readMetadata(options: Options): Record<string, string> | null | undefined {
  const said = options.all('metadata')
  if (said.length === 0) return undefined
  if (said.length === 1 && said[0] === '') return null
  return Object.fromEntries(
    said.map(pair => {
      const at = pair.indexOf('=')
      if (at < 1) throw usage('metadata', `must be as in team=billing, not "${pair}"`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}
