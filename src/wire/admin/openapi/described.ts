import type { Json } from './json.ts'

/* Parts of OpenAPI descriptions for endpoints of standards. */

export const text = { type: 'string' }
export const texts = { type: 'array', items: text }
export const seconds = { type: 'integer', description: 'Seconds since the epoch.' }
export const object = (properties: Json, required: string[] = [], more: Json = {}): Json => ({
  type: 'object',
  properties,
  required,
  ...more,
})
export const form = (schema: Json): Json => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema } },
})
export const json = (description: string, schema: Json): Json => ({
  description,
  content: { 'application/json': { schema } },
})
/** Errors common to these endpoints: RFC 6749 section 5.2, and statuses of HTTP itself. */
const REFUSED: Record<number, string> = {
  400: 'Refused',
  401: 'Not authenticated',
  405: 'Another method',
  413: 'Larger than this server reads',
  429: 'Too many requests; `Retry-After` says when',
  500: 'A bug',
  503: 'An outage; `Retry-After` says when',
}
export const refusals = (...left: number[]): Json =>
  Object.fromEntries(
    Object.entries(REFUSED)
      .filter(([status]) => !left.includes(Number(status)))
      .map(([status, description]) => [status, json(description, ref('OAuthError'))]),
  )
export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
