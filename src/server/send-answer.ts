import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { WireAnswer } from '../wire/dialect.ts'
import { sendStream } from './answer-stream.ts'

const JSON_TYPE = 'application/json; charset=utf-8'
const TEXT_TYPE = 'text/plain; charset=utf-8'
const BODILESS: ReadonlySet<number> = new Set([204, 304])

/**
 * Writes an answer as its dialect made it, byte for byte: only its length is added, and its type where none is named.
 * Fastify's own way of sending would name charsets that some dialects' originals do not have.
 */
export function sendAnswer(reply: FastifyReply, answer: WireAnswer, more: OutgoingHttpHeaders): void {
  const { status, body, stream } = answer
  const headers: OutgoingHttpHeaders = { ...more, ...answer.headers }
  reply.hijack()
  if (stream) sendStream(reply, status, headers, stream)
  else if (body instanceof Uint8Array) write(reply.raw, status, headers, body)
  else {
    const isJson = typeof body === 'object'
    headers['content-type'] ??= isJson ? JSON_TYPE : TEXT_TYPE
    write(reply.raw, status, headers, isJson ? JSON.stringify(body) : (body ?? ''))
  }
}

function write(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  payload: string | Uint8Array,
): void {
  if (BODILESS.has(status)) delete headers['content-type']
  else headers['content-length'] = Buffer.byteLength(payload)
  response.writeHead(status, headers).end(payload)
}
