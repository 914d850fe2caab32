import type { Carrier } from './presented.ts'

/* Turns the requests of each platform into carriers of a credential. */

/** Parsed form fields in the format of body parsers. */
export type FormFields = Readonly<Record<string, unknown>>

/** A request of the web platform. `Headers` joins repeated headers with a comma, which no credential contains. */
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

/** A request of Node. Node keeps only the first of two Authorization headers, so the raw headers are read. */
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
      // Requests of tests or bridges may have no raw headers.
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

/** True for the content type of a form. JSON bodies are never read for credentials. */
export const isForm = (contentType: string | null | undefined): boolean =>
  /^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i.test(contentType ?? '')
