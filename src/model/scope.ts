/**
 * Scopes are exact strings with one declared hierarchy: `read` covers `read:accounts`, and `admin:read` covers
 * `admin:read:accounts`. A part never covers its whole, and nothing matches by substring.
 */
export type Scope = string

/** RFC 6749 section 3.3: printable ASCII without space, quote and backslash. */
const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]{1,128}$/

export const isScope = (text: string): boolean => SCOPE_TOKEN.test(text)

/** Splits a space-separated list into distinct scopes, in the order of first mention. */
export const parseScopes = (text: string | undefined): Scope[] =>
  text ? [...new Set(text.split(' ').filter(part => part !== ''))] : []

/** What a credential carries, in the words of every surface. Absent is everything its owner may do, an empty list nothing. */
export const EVERYTHING = 'everything its owner may do'
export const NOTHING = 'nothing'
export const scopesInWords = (carried: readonly Scope[] | null | undefined): string =>
  carried ? carried.join(' ') || NOTHING : EVERYTHING

export const formatScopes = (scopes: readonly Scope[]): string => scopes.join(' ')

/** `follow` of older Mastodon clients stands for several scopes; it is the only name outside the hierarchy. */
const BUNDLES: ReadonlyMap<Scope, ReadonlySet<Scope>> = new Map([
  ['follow', new Set(['read', 'write'].flatMap(access => ['blocks', 'follows', 'mutes'].map(of => `${access}:${of}`)))],
])

/** Does holding `held` give `wanted`? */
export const covers = (held: readonly Scope[], wanted: Scope): boolean =>
  held.some(scope => scope === wanted || wanted.startsWith(`${scope}:`) || BUNDLES.get(scope)?.has(wanted) === true)

export const coversAll = (held: readonly Scope[], wanted: readonly Scope[]): boolean =>
  wanted.every(scope => covers(held, scope))

export const notCovered = (held: readonly Scope[], wanted: readonly Scope[]): Scope[] =>
  wanted.filter(scope => !covers(held, scope))

/** What remains of `scopes` when nothing beyond `limit` may be held: the narrower of each pair. */
export const intersect = (scopes: readonly Scope[], limit: readonly Scope[]): Scope[] => [
  ...new Set([...scopes.filter(scope => covers(limit, scope)), ...limit.filter(scope => covers(scopes, scope))]),
]
