/** The parameters of a page's path: `id` of `/users/:id`. */
export type PageParams = Record<string, string | undefined>

/**
 * Reads the parts of a page's address. An id can be an address itself, with slashes and percent signs: each part is decoded
 * once here, because the router decodes some characters and not others.
 */
export function readParams(pattern: string, pathname: string): PageParams {
  const names = pattern.split('/').filter(part => part !== '')
  const parts = pathname
    .split('/')
    .filter(part => part !== '')
    .slice(-names.length)
  return Object.fromEntries(
    names.flatMap((name, i) => (name.startsWith(':') ? [[name.slice(1), decode(parts[i] ?? '')] as const] : [])),
  )
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
