import type { Carrier } from '../../guard/request/presented.ts'
import type { WireRequest } from '../../http/request.ts'

/* Converts requests to carriers of a credential: requests to this server, and those that an API received and reports. */

export function carrierOf(request: WireRequest): Carrier {
  const { body } = request
  const carrier: Carrier = {
    header(name) {
      const value = request.headers[name]
      if (value === undefined) return []
      if (Array.isArray(value)) return value
      // Node.js keeps only the first of several equal headers. Repeating the value by their number shows the guard that
      // there were more.
      return Array<string>(Math.max(1, request.countHeader(name))).fill(value)
    },
    query: name => request.query.every(name),
  }
  if (body.type === 'form' || body.type === 'multipart') {
    const { fields } = body
    carrier.form = name => listed(Object.hasOwn(fields, name) ? fields[name] : undefined)
  }
  return carrier
}

/** Accepts header names in any letter case, and the URL as the API received it. */
export function reportedCarrier(headers: Record<string, string | string[]>, url: string): Carrier {
  const byName = new Map<string, string[]>()
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase()
    const values = byName.get(key) ?? []
    for (const one of listed(value)) values.push(one)
    byName.set(key, values)
  }
  const question = url.indexOf('?')
  const query = new URLSearchParams(question < 0 ? '' : url.slice(question + 1).split('#', 1)[0])
  return { header: name => byName.get(name) ?? [], query: name => query.getAll(name) }
}

const listed = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value
