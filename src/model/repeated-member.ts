/**
 * Returns the first member name that an object in this JSON text has twice; undefined if there is none. Parsers differ in
 * which of the two values they take (RFC 8259 section 4). The text must be valid JSON.
 */
export function repeatedMember(text: string): string | undefined {
  const objects: Set<string>[] = []
  for (const [token, colon] of text.matchAll(/[{}]|"[^"\\]*(?:\\.[^"\\]*)*"\s*(:)?/g)) {
    if (token === '{') objects.push(new Set())
    else if (token === '}') objects.pop()
    else if (colon !== undefined) {
      const name = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)) as string
      if (objects.at(-1)?.has(name)) return name
      objects.at(-1)?.add(name)
    }
  }
  return undefined
}
