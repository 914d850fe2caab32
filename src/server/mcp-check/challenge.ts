/* The challenges of a `WWW-Authenticate` header (RFC 9110 section 11.6.1). */

export type Challenge = {
  /** The scheme in lower case, like the names of the parameters. */
  scheme: string
  parameters: Readonly<Record<string, string>>
  /** Names of parameters whose value has no quotes. */
  unquoted: readonly string[]
}

const SCHEME = /[A-Za-z][A-Za-z0-9!#$%&'*+.^_`|~-]*/y
const PARAMETER = /([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s?=\s?(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/y
const BETWEEN = /[\s,]+/y

/** Reads all challenges, also those in several headers, which `Headers` joins with commas. `undefined` if they cannot be read. */
export function readChallenges(header: string): Challenge[] | undefined {
  const found: (Challenge & { parameters: Record<string, string>; unquoted: string[] })[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(header)
    if (match) at = pattern.lastIndex
    return match
  }
  for (take(BETWEEN); at < header.length; take(BETWEEN)) {
    const [, name, quoted, bare = ''] = take(PARAMETER) ?? []
    const last = found.at(-1)
    if (name !== undefined && !last) return undefined
    if (name !== undefined && last) {
      last.parameters[name.toLowerCase()] = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare
      if (quoted === undefined) last.unquoted.push(name.toLowerCase())
      continue
    }
    const [scheme] = take(SCHEME) ?? []
    if (scheme === undefined) return undefined
    found.push({ scheme: scheme.toLowerCase(), parameters: {}, unquoted: [] })
  }
  return found
}
