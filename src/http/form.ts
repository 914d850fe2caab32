import { parse as parseQuery } from 'node:querystring'
import { Refusal } from '../model/refusals/refusal.ts'
import type { RawParams } from './params.ts'

/** The largest number of parameters, which is more than any client needs. */
const PLAINLY = { maxKeys: 1000 }

/** Parses application/x-www-form-urlencoded (WHATWG URL section 5.1). Broken percent-encoding or UTF-8 is refused. */
export function parseForm(text: string): RawParams {
  // The parser guesses the value of a broken part, so the whole text is checked before.
  if (text.includes('%') && !isDecodable(text))
    throw new Refusal('request-malformed', 'broken percent-encoding', {
      sentence: 'The request has broken percent-encoding in it.',
    })
  return parseQuery(text, '&', '=', PLAINLY) as RawParams
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

/**
 * The largest number of parts, which is more than any client needs. It is limited, because each part costs as much
 * processing as a long text.
 */
const MOST_PARTS = 64

/** Parses multipart/form-data (RFC 7578), text fields only. */
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

/** Counts the lines that begin with two hyphens, because each part begins with such a line. Stops beyond the limit. */
function partsIn(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let parts = 0
  for (let at = buffer.indexOf('--'); at >= 0 && parts <= MOST_PARTS + 1; at = buffer.indexOf('\n--', at + 1)) parts++
  return parts - 1 // the last boundary ends the body
}
