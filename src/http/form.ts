import { parse as parseQuery } from 'node:querystring'
import { Refusal } from '../model/refusal.ts'
import type { RawParams } from './params.ts'

/** More parameters than any honest request has. */
const PLAINLY = { maxKeys: 1000 }

/** application/x-www-form-urlencoded (WHATWG URL section 5.1); broken percent-encoding or UTF-8 is refused, not guessed. */
export function parseForm(text: string): RawParams {
  // Without a percent sign nothing can be broken, and the careful decoder is not called for every name and value.
  if (!text.includes('%')) return parseQuery(text, '&', '=', PLAINLY) as RawParams
  // What a decoder throws is caught by the parser, which then guesses.
  let broken = false
  const decode = (part: string): string => {
    try {
      return decodeURIComponent(part)
    } catch {
      broken = true
      return part
    }
  }
  const fields = parseQuery(text, '&', '=', { ...PLAINLY, decodeURIComponent: decode }) as RawParams
  if (broken)
    throw new Refusal('request-malformed', 'broken percent-encoding', {
      sentence: 'The request has broken percent-encoding in it.',
    })
  return fields
}

/** More parts than any honest request here has; each costs as much as a long text. */
const MOST_PARTS = 64

/** multipart/form-data (RFC 7578), text fields only. */
export async function parseMultipart(bytes: Uint8Array, contentType: string): Promise<RawParams> {
  if (partsIn(bytes) > MOST_PARTS)
    throw new Refusal('request-malformed', `more than ${MOST_PARTS} parts`, {
      sentence: `The multipart body has more than ${MOST_PARTS} parts.`,
    })
  const form = await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw new Refusal('request-malformed', 'broken multipart body', {
        sentence: 'The multipart body cannot be read.',
      })
    })
  const fields: RawParams = Object.create(null)
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).map(value => {
      if (typeof value !== 'string')
        throw new Refusal('parameter-invalid', `a file in ${name}`, {
          parameter: name,
          sentence: `The field ${name} takes a text, not a file.`,
        })
      return value
    })
    fields[name] = values.length === 1 ? (values[0] as string) : values
  }
  return fields
}

/** Each part begins with a line that begins with two hyphens. Counts no further than it matters. */
function partsIn(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let parts = 0
  for (let at = buffer.indexOf('--'); at >= 0 && parts <= MOST_PARTS + 1; at = buffer.indexOf('\n--', at + 1)) parts++
  return parts - 1 // the last one ends the body
}
