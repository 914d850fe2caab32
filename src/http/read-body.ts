import { isUtf8 } from 'node:buffer'
import { safeParse } from 'fast-content-type-parse'
import { Refusal } from '../model/refusals/refusal.ts'
import { parseForm, parseMultipart } from './form.ts'
import type { HttpRequest } from './http-request.ts'
import { parseJson } from './json.ts'
import type { Body } from './request.ts'

export const MOST_BYTES = 128 * 1024
const LONGEST_TYPE = 256

export const NO_BODY: Body = { type: 'none' }

/**
 * Parses a body by its content type; the row decides later if it accepts that type. Throws if the body cannot be
 * parsed. Multipart costs many times more than other bodies, so it is parsed only if a row reads it.
 */
export async function readBody(request: HttpRequest, reads: { multipart: boolean }): Promise<Body> {
  const sent = request.headers['content-type']
  if (sent === undefined && !request.hasBody) return NO_BODY
  const mediaType = typeof sent === 'string' ? sent : ''
  const type = mediaTypeOf(mediaType)
  const bytes = await request.read(MOST_BYTES)
  if (!bytes) throw new Refusal('body-too-large')
  try {
    const body = isMultipart(type) ? await readMultipart(bytes, mediaType, reads) : parse(type, bytes, mediaType)
    if (body.type !== 'none') refuseAmbiguous(request)
    return body
  } catch (error) {
    if (error instanceof Refusal) return { type: 'broken', refusal: error }
    throw error
  }
}

/** The media type in lower case without parameters; empty if there is no header. */
function mediaTypeOf(sent: string): string {
  if (sent === '') return ''
  if (sent.length > LONGEST_TYPE)
    throw new Refusal('media-type-unsupported', `a Content-Type of ${sent.length} characters`, {
      sentence: `The header Content-Type is longer than ${LONGEST_TYPE} characters.`,
    })
  const { type } = safeParse(sent)
  if (type === '') throw new Refusal('media-type-unsupported', 'a Content-Type that cannot be read')
  return type
}

const readMultipart = async (bytes: Uint8Array, mediaType: string, reads: { multipart: boolean }): Promise<Body> =>
  reads.multipart
    ? { type: 'multipart', fields: await parseMultipart(bytes, mediaType) }
    : { type: 'unread', mediaType, text: '' }

function parse(type: string, bytes: Uint8Array, mediaType: string): Body {
  if (!isUtf8(bytes) && (isForm(type) || isJson(type)))
    throw new Refusal('request-malformed', 'a body that is not UTF-8', {
      sentence: 'The body is not encoded in UTF-8.',
    })
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
  if (isForm(type)) return { type: 'form', fields: parseForm(text) }
  if (text === '') return NO_BODY
  return isJson(type) ? { type: 'json', value: parseJson(text), text } : { type: 'unread', mediaType, text }
}

const isForm = (type: string): boolean => type === 'application/x-www-form-urlencoded'
const isMultipart = (type: string): boolean => type === 'multipart/form-data'
const isJson = (type: string): boolean =>
  type === 'application/json' || (type.startsWith('application/') && type.endsWith('+json'))

/** Rejects ambiguous bodies, which this server and a proxy might read differently (request smuggling). */
function refuseAmbiguous(request: HttpRequest): void {
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity')
    throw new Refusal('media-type-unsupported', `Content-Encoding ${encoding}`, {
      sentence: 'Send the body without a Content-Encoding.',
    })
  if (request.count('content-type') > 1)
    throw new Refusal('request-malformed', 'Content-Type stands twice', {
      sentence: 'The header Content-Type was sent more than once.',
    })
}
