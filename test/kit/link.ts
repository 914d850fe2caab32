import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** A line between a guard and its server that counts what passes, and can be cut or fall silent. */
export type Link = {
  url: string
  /** How many requests to this path went through. */
  calls(path: string): number
  /** Breaks what is open, and refuses what comes. */
  cut(): void
  mend(): void
  /** Breaks what is open; from then on only requests to this path go through. */
  only(path: string): void
  /** Keeps what is open, but nothing arrives any more. */
  silence(): void
  [Symbol.asyncDispose](): Promise<void>
}

export async function link(target: string): Promise<Link> {
  const counts = new Map<string, number>()
  const sockets = new Set<Socket>()
  let onlyPath: string | undefined
  let state: 'open' | 'cut' | 'silent' = 'open'
  const server = createServer((incoming, outgoing) => {
    const path = new URL(incoming.url ?? '/', target).pathname
    counts.set(path, (counts.get(path) ?? 0) + 1)
    if (state === 'silent') return
    if (onlyPath !== undefined && path !== onlyPath) return void outgoing.destroy()
    const onward = request(
      new URL(incoming.url ?? '/', target),
      { method: incoming.method, headers: incoming.headers },
      answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.on('data', chunk => {
          if (state === 'open') outgoing.write(chunk)
        })
        answer.on('end', () => outgoing.end())
        answer.on('error', () => outgoing.destroy())
      },
    )
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  server.on('connection', socket => {
    if (state === 'cut') socket.destroy()
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: path => counts.get(path) ?? 0,
    cut() {
      state = 'cut'
      breakAll()
    },
    only(path) {
      onlyPath = path
      breakAll()
    },
    mend() {
      state = 'open'
    },
    silence() {
      state = 'silent'
    },
    async [Symbol.asyncDispose]() {
      breakAll()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
