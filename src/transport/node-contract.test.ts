import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { eventually } from '../../test/kit/eventually.ts'
import { type AppRow, type Owner, openApplication, type Seen } from '../http/application.ts'
import { readOn } from '../http/place.ts'
import { openNodeServer } from './node.ts'

/* What a transport owes the application and its callers (RFC 9112), seen from a socket. */

const owner: Owner = {
  name: 'test',
  prefixes: ['/'],
  refuse: ({ code }) => ({ status: code === 'bug' ? 500 : 400, body: { code } }),
  headers: () => undefined,
}
const row = (path: `/${string}`, handle: AppRow['handle']): AppRow => ({
  ...{ at: readOn(['GET', 'POST', path]), of: 'test', owner, cors: false, headRefused: false },
  handle,
  refuse: owner.refuse,
})

async function serving(...rows: AppRow[]) {
  const [seen, errors]: [Seen[], unknown[]] = [[], []]
  const state = { draining: false }
  const application = openApplication(rows, [owner], {
    proxies: [],
    newId: () => 'id',
    onRefusal: () => {},
    onAnswer: (_request, what) => seen.push(what),
  })
  const server = openNodeServer(application, {
    draining: () => state.draining,
    onError: error => errors.push(error),
  })
  const port = await server.listen({ host: '127.0.0.1', port: 0 })
  const open = (bytes: string): Socket & { said: string } => {
    const socket = Object.assign(connect(port, '127.0.0.1'), { said: '' })
    socket.setTimeout(10_000, () => socket.destroy(new Error('the server says nothing')))
    socket.on('data', chunk => {
      socket.said += chunk
    })
    socket.on('error', () => {})
    socket.write(bytes)
    return socket
  }
  return {
    ...{ seen, errors, state, open, close: server.close },
    /** All that is said until the server hangs up. */
    async said(bytes: string): Promise<string> {
      const socket = open(bytes)
      await once(socket, 'close')
      return socket.said
    },
    [Symbol.asyncDispose]: server.close,
  }
}
const echo = row('/echo', async ({ body, method }) => ({
  status: 200,
  body: { method, text: body.type === 'unread' ? body.text : body.type },
}))
const TEXT = 'Host: x\r\nContent-Type: text/plain\r\n'
const LAST = 'Connection: close\r\n'

test('a body arrives whole, in chunks, in pieces and with trailers', async () => {
  await using server = await serving(echo)
  const chunks = '3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: x\r\n\r\n'
  assert.match(
    await server.said(`POST /echo HTTP/1.1\r\n${TEXT}${LAST}Transfer-Encoding: chunked\r\n\r\n${chunks}`),
    /"text":"abcde"/,
  )
  const socket = server.open(`POST /echo HTTP/1.1\r\n${TEXT}${LAST}Content-Length: 4\r\n\r\n`)
  for (const byte of ['a', '\u00e9'.slice(0), 'b']) {
    socket.write(Buffer.from(byte))
    await new Promise(resolve => setImmediate(resolve))
  }
  await once(socket, 'close')
  assert.match(socket.said, /"text":"aéb"/)
})

test('requests that were sent together are answered in order, on one connection', async () => {
  await using server = await serving(
    row('/slow', async () => {
      await new Promise(resolve => setTimeout(resolve, 50))
      return { status: 200, body: 'slow' }
    }),
    row('/fast', async () => ({ status: 200, body: 'fast' })),
  )
  const said = await server.said(
    `GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /fast HTTP/1.1\r\nHost: x\r\n\r\nGET /slow HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`,
  )
  assert.deepEqual(said.match(/slow|fast/g), ['slow', 'fast', 'slow'])
})

test('an unread body does not become the next request', async () => {
  await using server = await serving(echo)
  const inner = `GET /echo HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`
  const said = await server.said(
    `GET /echo HTTP/1.1\r\nHost: x\r\nContent-Length: ${inner.length}\r\n\r\n${inner}GET /echo HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`,
  )
  assert.equal(said.match(/HTTP\/1\.1 200/g)?.length, 2)
})

test('HTTP/1.0 is answered and hung up on; HEAD has the length and no body', async () => {
  await using server = await serving(echo)
  assert.match(await server.said('GET /echo HTTP/1.0\r\n\r\n'), /"method":"GET"/)
  const head = await server.said(`HEAD /echo HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`)
  assert.match(head, /\r\ncontent-length: 31\r\n[\s\S]*\r\n\r\n$/i)
})

test('a sender that gives up in the middle of a body harms nothing, and what it asked for is not done', async () => {
  let done = 0
  await using server = await serving(
    row('/', async () => {
      done++
      return { status: 200 }
    }),
  )
  const socket = server.open(`POST / HTTP/1.1\r\n${TEXT}Content-Length: 100\r\n\r\nabc`)
  await new Promise(resolve => setTimeout(resolve, 50))
  socket.destroy()
  await eventually(async () => server.seen.length > 0)
  assert.match(await server.said(`GET / HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`), /^HTTP\/1\.1 200/)
  assert.deepEqual([server.seen[0]?.status, done, server.errors], [400, 1, []])
})

test('an answer that cannot be sent is a bug that is reported, and the caller hears of it', async () => {
  await using server = await serving(row('/', async () => ({ status: 200, headers: { location: 'a\r\nb: c' } })))
  const said = await server.said(`GET / HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`)
  assert.match(said, /^HTTP\/1\.1 500 [\s\S]*"bug"/)
  assert.ok(!said.includes('b: c'))
  assert.equal(server.errors.length, 1)
})

test('a stream goes on until its reader leaves, or the server closes', async () => {
  const ended: string[] = []
  const server = await serving(
    row('/', async () => {
      let timer: NodeJS.Timeout
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          timer = setInterval(() => controller.enqueue(Buffer.from('tick ')), 5)
        },
        cancel() {
          clearInterval(timer)
          ended.push('cancelled')
        },
      })
      return { status: 200, headers: { 'content-type': 'text/plain' }, stream }
    }),
  )
  const [leaving, staying] = [0, 1].map(() => server.open('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))
  await eventually(async () => [leaving, staying].every(socket => socket?.said.includes('tick')))
  leaving?.destroy()
  await eventually(async () => ended.length === 1)
  await server.close()
  assert.deepEqual(ended, ['cancelled', 'cancelled'])
  assert.equal(
    staying?.destroyed || staying?.readableEnded || (await once(staying as Socket, 'close')) !== undefined,
    true,
  )
})

test('while the server drains, each answer ends its connection', async () => {
  await using server = await serving(echo)
  server.state.draining = true
  assert.match(await server.said('GET /echo HTTP/1.1\r\nHost: x\r\n\r\n'), /\r\nconnection: close\r\n/i)
})

test('localhost is answered at each of its addresses', async () => {
  await using server = await serving(echo)
  const other = openNodeServer(
    openApplication([echo], [owner], { proxies: [], newId: () => 'id', onRefusal: () => {}, onAnswer: () => {} }),
    { draining: () => false, onError: () => {} },
  )
  const port = await other.listen({ host: 'localhost', port: 0 })
  const answer = await fetch(`http://localhost:${port}/echo`)
  assert.equal(answer.status, 200)
  await answer.text()
  await other.close()
  await assert.rejects(fetch(`http://localhost:${port}/echo`))
  assert.equal(server.errors.length, 0)
})
