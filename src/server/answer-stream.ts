import type { OutgoingHttpHeaders, Server } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { FastifyInstance, FastifyReply } from 'fastify'

/* Answers without an end (the revocation feed). They must not keep the server from stopping. */

const OPEN = new WeakMap<Server, Set<Readable>>()

export function endStreamsOnClose(app: FastifyInstance): void {
  const open = new Set<Readable>()
  OPEN.set(app.server, open)
  app.addHook('preClose', async () => {
    for (const stream of open) stream.destroy()
  })
}

export function sendStream(
  reply: FastifyReply,
  status: number,
  headers: OutgoingHttpHeaders,
  stream: ReadableStream<Uint8Array>,
): void {
  const readable = Readable.fromWeb(stream as NodeReadableStream)
  const open = OPEN.get(reply.server.server)
  open?.add(readable)
  readable.once('close', () => open?.delete(readable))
  // Whoever goes away in the middle is no failure; the other side is then let go of, and that is all.
  pipeline(readable, reply.raw.writeHead(status, headers), () => {})
}
