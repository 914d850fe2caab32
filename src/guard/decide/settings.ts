import { copyFault } from '../../model/credentials/copied-secret.ts'
import { PROFILES } from '../answer/profiles.ts'
import { KINDS_OF_AUTH } from './auth.ts'
import type { FetchOptions, GuardOptions } from './options.ts'

/*
 * Validates the options of a guard when it is created. An unknown name is an error, because a guard with `scope`
 * instead of `scopes` would accept every credential.
 */

type Rule = { fits: (value: unknown) => boolean; wanted: string }

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const oneOf = (...names: readonly unknown[]): Rule => ({
  fits: value => names.includes(value),
  wanted: names.map(name => JSON.stringify(name)).join(' or '),
})
const TEXT: Rule = { fits: isText, wanted: 'a text that is not empty' }
const FUNCTION: Rule = { fits: value => typeof value === 'function', wanted: 'a function' }
const seconds = (least: (value: number) => boolean, wanted: string): Rule => ({
  fits: value => typeof value === 'number' && Number.isFinite(value) && least(value),
  wanted,
})
const AT_LEAST_NONE = seconds(value => value >= 0, 'a number of seconds')
const SOME = seconds(value => value > 0, 'a number of seconds above 0')

const RULES: Record<keyof (GuardOptions & FetchOptions & { onRefusal?: string }), Rule> = {
  server: {
    fits: value => typeof (value as { check?: unknown } | null)?.check === 'function',
    wanted: 'what createServer, connect or testIssuer gave',
  },
  url: { fits: isAddress, wanted: 'an address that begins with https:// or http://, without user, query and fragment' },
  clientId: TEXT,
  clientSecret: {
    fits: value => isText(value) && copyFault(value) === undefined,
    wanted: 'the secret alone, in one line and without the name of a scheme',
  },
  cacheSeconds: AT_LEAST_NONE,
  refusalSeconds: AT_LEAST_NONE,
  feedLimitSeconds: SOME,
  timeoutSeconds: SOME,
  onUnavailable: oneOf('refuse', 'use-cache'),
  jwt: oneOf('ask', 'offline'),
  onFeedLost: oneOf('ask', 'refuse'),
  usage: oneOf('report', 'quiet'),
  onError: FUNCTION,
  profile: oneOf(...Object.keys(PROFILES)),
  scopes: {
    fits: value => typeof value === 'string' || (Array.isArray(value) && value.every(isText)),
    wanted: 'a text with spaces or a list of texts',
  },
  audience: TEXT,
  kinds: {
    fits: value => Array.isArray(value) && value.every(kind => (KINDS_OF_AUTH as readonly unknown[]).includes(kind)),
    wanted: `a list of ${KINDS_OF_AUTH.join(', ')}`,
  },
  user: oneOf('required'),
  credential: oneOf('required', 'optional'),
  realm: TEXT,
  resource: {
    fits: isAddress,
    wanted: 'an address that begins with https:// or http://, without user, query and fragment',
  },
  resourceDetails: { fits: areDetails, wanted: 'an object of authorizationServers, scopes, name, documentation' },
  resourceMetadata: TEXT,
  apiKeyParameter: { fits: value => value === false || isText(value), wanted: 'a text, or false' },
  ending: { fits: value => typeof value === 'object' && value !== null, wanted: 'an object' },
  onAllow: FUNCTION,
  onDeny: FUNCTION,
  clientAddress: FUNCTION,
  onRefusal: oneOf('answer', 'next', 'throw'),
}

function areDetails(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { authorizationServers, scopes, name, documentation, ...unknown } = value as Record<string, unknown>
  const texts = (list: unknown) => list === undefined || (Array.isArray(list) && list.length > 0 && list.every(isText))
  const text = (one: unknown) => one === undefined || isText(one)
  return (
    texts(authorizationServers) &&
    texts(scopes) &&
    text(name) &&
    text(documentation) &&
    Object.keys(unknown).length === 0
  )
}

/** The guard appends a path, so the address has no query and no fragment. `fetch` accepts no user and password in an address. */
export function isAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\/[^/?#@][^?#@]*$/i.test(value) && URL.canParse(value)
}

/** Normalizes the address of the server, so that guards with different spellings share a connection. */
export function serverAddress(url: string): string {
  let { href } = new URL(url)
  while (href.endsWith('/')) href = href.slice(0, -1)
  return href
}

/** Throws one error with all problems. An option with the value `undefined` counts as absent. */
export function checkSettings(options: object): void {
  const problems: string[] = []
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue
    const rule = Object.hasOwn(RULES, name) ? RULES[name as keyof typeof RULES] : undefined
    if (!rule) problems.push(`there is no setting "${name}"${likeIt(name)}`)
    else if (!rule.fits(value)) problems.push(`"${name}" must be ${rule.wanted}`)
  }
  if (problems.length > 0) throw new Error(`The guard cannot work as it was told: ${problems.join('; ')}.`)
}

/** Suggests the option for near misses such as `scope`, `Scopes` or `client_id`. */
function likeIt(name: string): string {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z]|s$/g, '')
  const meant = Object.keys(RULES).find(known => plain(known) === plain(name))
  return meant ? `; did you mean "${meant}"?` : ''
}
