import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseJson } from '../http/json.ts'
import type { Body } from '../http/request.ts'
import { Refusal } from '../model/refusal.ts'
import { parseForm, parseMultipart } from './read-request.ts'

const LONGEST_TYPE = 256
const TOO_LONG = `The header Content-Type is longer than ${LONGEST_TYPE} characters.`

/** Bodies become data here; whether a route reads this type is the route's business. */
export function readBodies(app: FastifyInstance): void {
  // The framework remembers each Content-Type that it was sent.
  app.addHook('onRequest', ({ headers }, _reply, done) => {
    const { length } = headers['content-type'] ?? ''
    if (length <= LONGEST_TYPE) return done()
    done(new Refusal('media-type-unsupported', `a Content-Type of ${length} characters`, { sentence: TOO_LONG }))
  })
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    (request: FastifyRequest, bytes: Buffer): Promise<Body> =>
      parseMultipart(bytes, request.headers['content-type'] ?? '')
        .then((fields): Body => ({ type: 'multipart', fields }))
        .catch(brokenBody),
  )
  const parser =
    (parse: (text: string, mediaType: string) => Body) =>
    (request: FastifyRequest, text: string | Buffer, done: (error: Error | null, body?: Body) => void) => {
      try {
        done(null, parse(String(text), request.headers['content-type'] ?? ''))
      } catch (error) {
        done(null, brokenBody(error))
      }
    }
  const asText = { parseAs: 'string' as const }
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    asText,
    parser(text => ({ type: 'form', fields: parseForm(text) })) as never,
  )
  app.addContentTypeParser(
    /^application\/(?:[\w.-]+\+)?json(?:;|$)/,
    asText,
    parser(text => (text === '' ? { type: 'none' } : { type: 'json', value: parseJson(text) })) as never,
  )
  app.addContentTypeParser(
    '*',
    asText,
    parser((text, mediaType) => (text === '' ? { type: 'none' } : { type: 'unread', mediaType, text })) as never,
  )
}

function brokenBody(error: unknown): Body {
  if (error instanceof Refusal) return { type: 'broken', refusal: error }
  throw error
}
