/**
 * Scopes are exact strings with one declared hierarchy: `read` covers `read:accounts`, and `admin:read` covers
 * `admin:read:accounts`. A narrower scope never covers a wider one, and substrings do not match.
 */
export type Scope = string

export const LONGEST_SCOPE = 128
/** RFC 6749 section 3.3: printable ASCII without space, quote and backslash. */
const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/

export const isScope = (text: string): boolean => text.length <= LONGEST_SCOPE && SCOPE_TOKEN.test(text)

/** Splits a space-separated list into distinct scopes, in the order of first occurrence. */
export const parseScopes = (text: string | undefined): Scope[] =>
  text ? [...new Set(text.split(' ').filter(part => part !== ''))] : []

/** The scopes of a credential in words, for every surface. `undefined` means all rights of the owner, an empty list means nothing. */
export const EVERYTHING = 'everything its owner may do'
export const NOTHING = 'nothing'
export const scopesInWords = (carried: readonly Scope[] | null | undefined): string =>
  carried ? carried.join(' ') || NOTHING : EVERYTHING

export const formatScopes = (scopes: readonly Scope[]): string => scopes.join(' ')

/** `follow` of older Mastodon clients stands for several scopes; it is the only scope outside the hierarchy. */
const BUNDLES: ReadonlyMap<Scope, ReadonlySet<Scope>> = new Map([
  ['follow', new Set(['read', 'write'].flatMap(access => ['blocks', 'follows', 'mutes'].map(of => `${access}:${of}`)))],
])

/** Tells if one of the scopes in `held` covers `wanted`. */
export const covers = (held: readonly Scope[], wanted: Scope): boolean =>
  held.some(scope => scope === wanted || wanted.startsWith(`${scope}:`) || BUNDLES.get(scope)?.has(wanted) === true)

export const coversAll = (held: readonly Scope[], wanted: readonly Scope[]): boolean =>
  wanted.every(scope => covers(held, scope))

export const notCovered = (held: readonly Scope[], wanted: readonly Scope[]): Scope[] =>
  wanted.filter(scope => !covers(held, scope))

/** Limits `scopes` to `limit`: of two scopes where one covers the other, the narrower remains. */
export const intersect = (scopes: readonly Scope[], limit: readonly Scope[]): Scope[] => [
  ...new Set([...scopes.filter(scope => covers(limit, scope)), ...limit.filter(scope => covers(scopes, scope))]),
]
