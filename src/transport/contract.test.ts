import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { eventually } from '../../test/kit/eventually.ts'
import { row, serving as servingOn, TRANSPORTS, type Transport } from '../../test/kit/transports.ts'
import { openApplication } from '../http/application.ts'
import { header } from '../http/request.ts'
import { openNodeServer } from './node.ts'
import { openUnderWay } from './under-way.ts'

/* What each transport owes the application and its callers (RFC 9112), seen from a socket. */

const echo = row('/echo', async request => {
  const body = await request.load()
  return { status: 200, body: { method: request.method, text: body.type === 'unread' ? body.text : body.type } }
})
const TEXT = 'Host: x\r\nContent-Type: text/plain\r\n'
const LAST = 'Connection: close\r\n'

for (const transport of Object.keys(TRANSPORTS) as Transport[]) {
  test(`${transport}: a body arrives whole, in chunks, in pieces and with trailers`, async () => {
    await using server = await servingOn(transport, echo)
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

  test(`${transport}: requests that were sent together are answered in order, on one connection`, async () => {
    await using server = await servingOn(
      transport,
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

  test(`${transport}: an unread body does not become the next request`, async () => {
    await using server = await servingOn(transport, echo)
    const inner = `GET /echo HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`
    const said = await server.said(
      `GET /echo HTTP/1.1\r\nHost: x\r\nContent-Length: ${inner.length}\r\n\r\n${inner}GET /echo HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`,
    )
    assert.equal(said.match(/HTTP\/1\.1 200/g)?.length, 2)
  })

  test(`${transport}: HTTP/1.0 is answered and hung up on; HEAD has the length and no body`, async () => {
    await using server = await servingOn(transport, echo)
    assert.match(await server.said('GET /echo HTTP/1.0\r\nHost: x\r\n\r\n'), /"method":"GET"/)
    const head = await server.said(`HEAD /echo HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`)
    assert.match(head, /\r\ncontent-length: 31\r\n[\s\S]*\r\n\r\n$/i)
  })

  test(`${transport}: a sender that gives up in the middle of a body harms nothing, and what it asked for is not done`, async () => {
    let done = 0
    await using server = await servingOn(
      transport,
      row('/', async request => {
        await request.load()
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

  test(`${transport}: an answer that cannot be sent is a bug that is reported, and the caller hears of it`, async () => {
    await using server = await servingOn(
      transport,
      row('/', async () => ({ status: 200, headers: { location: 'a\r\nb: c' } })),
    )
    const said = await server.said(`GET / HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`)
    assert.match(said, /^HTTP\/1\.1 500 [\s\S]*"bug"/)
    assert.ok(!said.includes('b: c'))
    assert.equal(server.errors.length, 1)
  })

  test(`${transport}: a stream goes on until its reader leaves, or the server closes`, async () => {
    const ended: string[] = []
    const server = await servingOn(
      transport,
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

  test(`${transport}: a client that waits for 100 Continue is heard, and then answered once`, async () => {
    await using server = await servingOn(transport, echo)
    const socket = server.open(`POST /echo HTTP/1.1\r\n${TEXT}${LAST}Content-Length: 3\r\nExpect: 100-continue\r\n\r\n`)
    await eventually(async () => socket.said.startsWith('HTTP/1.1 100 Continue'))
    socket.write('abc')
    await once(socket, 'close')
    assert.equal(socket.said.match(/HTTP\/1\.1 200/g)?.length, 1)
    assert.match(socket.said, /"text":"abc"/)
  })

  test(`${transport}: headers that were sent twice, and Hosts that mean two servers, are seen`, async () => {
    await using server = await servingOn(
      transport,
      row('/count', async request => ({ status: 200, body: `${request.countHeader('authorization')} authorizations` })),
    )
    const ask = (...lines: string[]) =>
      server.said(['GET /count HTTP/1.1', 'Connection: close', ...lines, '', ''].join('\r\n'))
    assert.match(await ask('Host: x', 'Authorization: Bearer a'), /1 authorizations/)
    assert.match(await ask('Host: x'), /0 authorizations/)
    const twice = await ask('Host: x', 'Authorization: Bearer a', 'Authorization: Bearer b')
    assert.match(twice, transport === 'node' ? /2 authorizations/ : /[12] authorizations/)
    for (const lines of [['Host: x', 'Host: y'], ['Host: a b'], ['Host: a,b']])
      assert.match(await ask(...lines), /^HTTP\/1\.1 400 /, lines.join())
  })

  test(`${transport}: 100 kB of headers are refused, and so is an address of that length`, async () => {
    await using server = await servingOn(transport, echo)
    const long = 'a'.repeat(100_000)
    for (const bytes of [
      `GET /echo HTTP/1.1\r\nHost: x\r\n${LAST}X: ${long}\r\n\r\n`,
      `GET /echo?${long} HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`,
    ])
      assert.match(await server.said(bytes), /^HTTP\/1\.1 431 [\s\S]*headers-too-large/)
  })

  test(`${transport}: a body that is too large is refused, announced or not, and is not waited for`, async () => {
    await using server = await servingOn(transport, echo)
    const announced = server.open(`POST /echo HTTP/1.1\r\n${TEXT}Content-Length: 100000000\r\n\r\nabc`)
    const chunk = `${(140_000).toString(16)}\r\n${'x'.repeat(140_000)}\r\n`
    const chunked = server.open(`POST /echo HTTP/1.1\r\n${TEXT}Transfer-Encoding: chunked\r\n\r\n${chunk}`)
    for (const socket of [announced, chunked]) {
      await eventually(async () => socket.said.includes('body-too-large'))
      assert.match(socket.said, /^HTTP\/1\.1 413 /)
      socket.destroy()
    }
  })

  test(`${transport}: an answer with several cookies, with bytes, and with nothing arrives as it was made`, async () => {
    await using server = await servingOn(
      transport,
      row('/cookies', async () => ({ status: 200, headers: { 'set-cookie': ['a=1', 'b=2'] }, body: 'x' })),
      row('/bytes', async () => ({
        status: 200,
        headers: { 'content-type': 'image/x' },
        body: new Uint8Array([104, 105]),
      })),
      row('/nothing', async () => ({ status: 204 })),
      row('/who', async request => ({ status: 200, body: `${request.ip} ${header(request, 'x-odd')}` })),
    )
    const ask = (path: string) => server.said(`GET ${path} HTTP/1.1\r\nHost: x\r\nX-Odd: y\r\n${LAST}\r\n`)
    assert.match(await ask('/cookies'), /set-cookie: a=1\r\nset-cookie: b=2\r\n/i)
    assert.match(await ask('/bytes'), /content-length: 2\r\n[\s\S]*\r\n\r\nhi$/i)
    assert.match(await ask('/nothing'), /^HTTP\/1\.1 204 [\s\S]*\r\n\r\n$/)
    assert.match(await ask('/who'), /127\.0\.0\.1 y$/)
  })

  test(`${transport}: closing waits for what is under way`, async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const server = await servingOn(
      transport,
      row('/', async () => {
        begin()
        await held
        return { status: 200, body: 'late' }
      }),
    )
    const socket = server.open(`GET / HTTP/1.1\r\nHost: x\r\n\r\n`)
    let closed = false
    await begun
    const closing = server.close().then(() => {
      closed = true
    })
    await new Promise(resolve => setTimeout(resolve, 50))
    assert.equal(closed, false)
    release()
    await Promise.all([closing, once(socket, 'close')])
    assert.match(socket.said, /late$/)
  })
}

test('while the server drains, each answer ends its connection', async () => {
  await using server = await servingOn('node', echo)
  server.state.draining = true
  assert.match(await server.said('GET /echo HTTP/1.1\r\nHost: x\r\n\r\n'), /\r\nconnection: close\r\n/i)
})

test('localhost is answered at each of its addresses', async () => {
  await using server = await servingOn('node', echo)
  const other = openNodeServer(
    openApplication([echo], [echo.owner], { proxies: [], newId: () => 'id', onRefusal: () => {}, onAnswer: () => {} }),
    { draining: () => false, onError: () => {}, underWay: openUnderWay() },
  )
  const port = await other.listen({ host: 'localhost', port: 0 })
  const answer = await fetch(`http://localhost:${port}/echo`)
  assert.equal(answer.status, 200)
  await answer.text()
  await other.close()
  await assert.rejects(fetch(`http://localhost:${port}/echo`))
  assert.equal(server.errors.length, 0)
})
