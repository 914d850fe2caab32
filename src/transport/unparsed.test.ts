import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { eventually } from '../../test/kit/eventually.ts'
import { type TestServer, testServer } from '../../test/kit/server.ts'

/** Everything a server says to these bytes until it hangs up; fails when it does not. */
async function saidTo({ url }: Pick<TestServer, 'url'>, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.setTimeout(10_000, () => socket.destroy(new Error('the server did not hang up')))
  let said = ''
  socket.on('data', chunk => {
    said += chunk
  })
  socket.write(bytes)
  await once(socket, 'close')
  return said
}

const HOST = 'Host: x\r\n'
const FORM = 'Content-Type: application/x-www-form-urlencoded\r\n'

/** What is no request of RFC 9112, and the status of its answer. */
const BROKEN: Record<string, [bytes: string, status: number]> = {
  'a line that is none': ['hello\r\n\r\n', 400],
  'a version that is none': [`GET /oauth2/token HTTP/x.y\r\n${HOST}\r\n`, 400],
  'a method with odd letters': [`G@T / HTTP/1.1\r\n${HOST}\r\n`, 400],
  'a header without a name': [`GET /oauth2/token HTTP/1.1\r\n${HOST}: x\r\n\r\n`, 400],
  'a header with a NUL': [`GET /oauth2/token HTTP/1.1\r\n${HOST}X: a\u0000b\r\n\r\n`, 400],
  'two lengths': [`POST /oauth2/token HTTP/1.1\r\n${HOST}${FORM}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 400],
  'a length and chunks': [
    `POST /oauth2/token HTTP/1.1\r\n${HOST}${FORM}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  'a broken chunk': [`POST /oauth2/token HTTP/1.1\r\n${HOST}${FORM}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`, 400],
  'headers without end': [`GET /oauth2/token HTTP/1.1\r\n${HOST}X: ${'a'.repeat(100_000)}\r\n\r\n`, 431],
  'the beginning of TLS': ['\u0016\u0003\u0001\u0002\u0000\u0001\u0000', 400],
  'HTTP/2 without a word before it': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  'no Host': ['GET /oauth2/token HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  'two Hosts': [`GET /oauth2/token HTTP/1.1\r\n${HOST}Host: y\r\nConnection: close\r\n\r\n`, 400],
  'a Host that is none': ['GET /oauth2/token HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
  'a tunnel': [`CONNECT other.example:443 HTTP/1.1\r\n${HOST}\r\n`, 405],
}

for (const [what, [bytes, status]] of Object.entries(BROKEN))
  test(`what cannot be read as a request is refused as data, with an id, and hung up on: ${what}`, async () => {
    await using server = await testServer()
    const said = await saidTo(server, bytes)
    const [head = '', body = ''] = said.split('\r\n\r\n')
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `), said)
    assert.match(head, /^x-request-id: \w+$/im)
    assert.match(head, /^connection: close$/im)
    const { error, error_description, statusCode } = JSON.parse(body) as Record<string, string>
    assert.deepEqual([typeof error, typeof error_description, statusCode], ['string', 'string', undefined])
    assert.ok(!said.includes('Client Error') && !said.includes('HPE_'), said)
    assert.equal((await fetch(`${server.url}/livez`)).status, 200)
  })

test('a request that cannot be read is refused in the shape of whoever answers there', async () => {
  await using server = await testServer()
  const shapes: Record<string, RegExp> = {
    '/v1/users': /application\/problem\+json[\s\S]*"code":"request-malformed"/,
    '/oauth2/token': /"error":"invalid_request"/,
    '/api/v1/apps': /\{"error":"[^"]+"\}/,
    '/user/': /\{"detail":"[^"]+"\}/,
    '/token/new.json': /"success": ?false/,
    '/console': /text\/html/,
    '/forward-auth': /^HTTP\/1\.1 403 /, // nginx knows no other refusal
  }
  for (const [path, shape] of Object.entries(shapes))
    assert.match(await saidTo(server, `GET ${path} HTTP/1.1\r\n${HOST}X: a\u0000b\r\n\r\n`), shape, path)
})

test('what cannot be read leaves a line in the log and counts, and nothing of it is kept', async () => {
  const lines: string[] = []
  await using server = await testServer({}, lines)
  await saidTo(server, `GET /oauth2/geheim HTTP/1.1\r\n${HOST}X: a\u0000geheim\r\n\r\n`)
  const line = lines.find(one => one.includes('not a request')) ?? ''
  assert.match(line, /"status":400.*"ip":"127\.0\.0\.1"/)
  assert.ok(!lines.join('').includes('geheim'))
  assert.match(await (await fetch(`${server.url}/metrics`)).text(), /claviger_http_requests_total\{route="\(none\)"/)
})

const BREAKS: Record<string, [bytes: string, said: RegExp]> = {
  'a broken chunk': ['Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nxyz\r\n', /^HTTP\/1\.1 400 /],
  'a chunk with an endless extension': [
    `Transfer-Encoding: chunked\r\n\r\n3;${'x'.repeat(40_000)}\r\nabc\r\n`,
    /^HTTP\/1\.1 413 /,
  ],
  'trailers without an end': [`Transfer-Encoding: chunked\r\n\r\n0\r\nX: ${'a'.repeat(100_000)}`, /^HTTP\/1\.1 431 /],
  'a sender that leaves': ['Content-Length: 100\r\n\r\nabc', /^$/],
}
for (const [what, [bytes, said]] of Object.entries(BREAKS))
  test(`a body that breaks off is answered once, by its row, and leaves one line in the log: ${what}`, async () => {
    const lines: string[] = []
    await using server = await testServer({}, lines)
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    let heard = ''
    socket.on('data', chunk => {
      heard += chunk
    })
    socket.on('error', () => {})
    socket.write(`POST /oauth2/token HTTP/1.1\r\n${HOST}${FORM}${bytes}`)
    const about = () => lines.filter(line => line.includes('"status"'))
    if (what === 'a sender that leaves') setTimeout(() => socket.destroy(), 50)
    await once(socket, 'close')
    await eventually(async () => about().length > 0)
    await new Promise(resolve => setTimeout(resolve, 100))
    assert.equal(about().length, 1, about().join(''))
    assert.match(about()[0] ?? '', /"route":"\/oauth2\/token"/)
    assert.match(heard, said)
    assert.equal([...heard.matchAll(/HTTP\/1\.1 \d/g)].length, heard === '' ? 0 : 1)
  })

test('HTTP/1.0 needs no Host, and an expectation that is not known holds up nothing', async () => {
  await using server = await testServer()
  assert.match(await saidTo(server, 'GET /livez HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 /)
  const odd = `GET /livez HTTP/1.1\r\n${HOST}Expect: 200-ok\r\nConnection: close\r\n\r\n`
  assert.match(await saidTo(server, odd), /^HTTP\/1\.1 200 /)
})

test('an answer that is on its way is never followed by a second one', async () => {
  await using server = await testServer()
  const said = await saidTo(server, `GET /livez HTTP/1.1\r\n${HOST}\r\nnonsense\r\n\r\n`)
  const statuses = [...said.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)
  assert.ok(statuses[0] === '200' ? ['200', '200,400'].includes(String(statuses)) : String(statuses) === '400', said)
})
