import type { Body, Operation, OperationId, Query } from '../../../../src/wire/admin/contract.ts'

/* Requests of the console as curl commands. */

export type Asked<Id extends OperationId> = { params?: Record<string, string>; query?: Query<Id>; body?: Body<Id> }
type On = Operation['on']

/** Uses single quotes, in which only the quote itself is special to a shell. */
export const quoted = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** Secrets are shell variables, so the command does not contain them. */
const FROM_SHELL = { password: '$PASSWORD', credential: '$CREDENTIAL' } as const

/** The method's path with parameters and query. */
export function addressOf([method, template]: On, what: { params?: Record<string, string>; query?: unknown }) {
  const path = template.replace(/:([A-Za-z]+)/g, (_, name) => encodeURIComponent(what.params?.[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries((what.query ?? {}) as object))
    if (value !== undefined && value !== '') search.set(name, String(value))
  return { method, path: search.size > 0 ? `${path}?${search}` : path }
}

export function asCurl<Id extends OperationId>(issuer: string, on: On, what: Asked<Id>): string {
  const { method, path } = addressOf(on, what)
  const parts = ['curl', ...(method === 'GET' ? [] : ['-X', method]), quoted(issuer + path)]
  parts.push('-H', '"Authorization: Bearer $CLAVIGER_TOKEN"')
  if (what.body !== undefined)
    parts.push('-H', quoted('Content-Type: application/json'), '-d', bodyOf(what.body as object))
  return parts.join(' ')
}

function bodyOf(body: object): string {
  const secret = Object.entries(FROM_SHELL).find(([name]) => name in body)
  if (!secret) return quoted(JSON.stringify(body))
  const [name, variable] = secret
  const [before = '', after = ''] = JSON.stringify({ ...body, [name]: '\u0001' }).split('\\u0001')
  return `${quoted(before)}"${variable}"${quoted(after)}`
}
