import type { Carrier } from './presented.ts'

/* Requests of each platform as carriers of a credential. */

/** Parsed form fields, as body parsers leave them. */
export type FormFields = Readonly<Record<string, unknown>>

/** A request of the web platform. Its `Headers` joins repeated ones with a comma, which no credential has in it. */
export function webCarrier(request: { headers: Headers; url: string }, form?: FormData): Carrier {
  let query: URLSearchParams | undefined
  const carrier: Carrier = {
    header(name) {
      const value = request.headers.get(name)
      return value === null ? [] : [value]
    },
    query(name) {
      query ??= queryOf(request.url)
      return query.getAll(name)
    },
  }
  if (form) carrier.form = name => form.getAll(name).map(value => (typeof value === 'string' ? value : ''))
  return carrier
}

export type NodeRequest = {
  headers: Readonly<Record<string, string | string[] | undefined>>
  rawHeaders: readonly string[]
  url?: string | undefined
}

/** A request of Node: it keeps the first of two Authorization headers, so the raw ones are counted. */
export function nodeCarrier(request: NodeRequest, form?: FormFields): Carrier {
  let query: URLSearchParams | undefined
  const carrier: Carrier = {
    header(name) {
      if (request.headers[name] === undefined) return NONE
      const values: string[] = []
      const { rawHeaders } = request
      for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
        const raw = rawHeaders[i] as string
        if (raw.length === name.length && raw.toLowerCase() === name) values.push(rawHeaders[i + 1] as string)
      }
      // Requests made by a test or a bridge may have no raw headers.
      return values.length > 0 ? values : [request.headers[name]].flat().filter(value => value !== undefined)
    },
    query(name) {
      query ??= queryOf(request.url ?? '/')
      return query.getAll(name)
    },
  }
  if (form) carrier.form = name => (Object.hasOwn(form, name) ? texts(form[name]) : [])
  return carrier
}

const NONE: readonly string[] = []

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap(one =>
    typeof one === 'string' ? [one] : typeof one === 'number' ? [String(one)] : [],
  )

function queryOf(url: string): URLSearchParams {
  const question = url.indexOf('?')
  return new URLSearchParams(question < 0 ? '' : url.slice(question + 1).split('#', 1)[0])
}

/** Does this Content-Type announce a form? JSON bodies are never read for credentials. */
export const isForm = (contentType: string | null | undefined): boolean =>
  /^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i.test(contentType ?? '')
