/* Claims of a person as lines `NAME=VALUE`, as in the command line. An address has one line for each part. */

type Claims = Readonly<Record<string, unknown>>

/** An empty value removes the claim. */
export const claimWords = (claims: Claims): string[] =>
  Object.entries(claims).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([part, text]) => `${name}.${part}=${text}`)
      : [`${name}=${value ?? ''}`],
  )

export const linesOf = ({ updated_at: _, ...claims }: Claims): string => claimWords(claims).join('\n')

/**
 * Returns the changed claims, or `undefined` if there are none; `null` for removed claims. Flags are the words true and
 * false.
 */
export function changeOf(before: Claims, lines: string): Record<string, unknown> | undefined {
  const after = read(lines)
  const old = read(linesOf(before))
  const names = [...new Set([...Object.keys(old), ...Object.keys(after)])]
  const changed = names.filter(name => JSON.stringify(old[name]) !== JSON.stringify(after[name]))
  return changed.length === 0 ? undefined : Object.fromEntries(changed.map(name => [name, after[name] ?? null]))
}

function read(lines: string): Record<string, unknown> {
  const claims: Record<string, unknown> = {}
  for (const line of lines.split('\n').filter(one => one.trim() !== '')) {
    const [left = '', ...rest] = line.split('=')
    const [name = '', part] = left.trim().split('.')
    const text = rest.join('=').trim()
    if (part !== undefined) claims[name] = { ...(claims[name] as object | undefined), [part]: text }
    else claims[name] = text === 'true' || text === 'false' ? text === 'true' : text
  }
  return claims
}
