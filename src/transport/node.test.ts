import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { testServer } from '../../test/kit/server.ts'

const FORM = 'POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n'

/** Everything a server says to these bytes until it hangs up; fails when it does not. */
async function saidTo(server: { url: string }, bytes: string): Promise<string> {
  const { hostname, port } = new URL(server.url)
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

test('who announces a body that is too large is told so and hung up on, before sending it', async () => {
  await using server = await testServer()
  const said = await saidTo(server, `${FORM}Content-Length: 100000000\r\n\r\ngrant_type=`)
  assert.match(said, /^HTTP\/1\.1 413 /)
  assert.match(said, /\r\nconnection: close\r\n/i)
})

test('who sends a body that is too large without announcing it is told so and hung up on', async () => {
  await using server = await testServer()
  const chunk = `${(140_000).toString(16)}\r\n${'x'.repeat(140_000)}\r\n`
  const said = await saidTo(server, `${FORM}Transfer-Encoding: chunked\r\n\r\n${chunk}`)
  assert.match(said, /^HTTP\/1\.1 413 /)
})

test('HEAD is answered like GET, without its body', async () => {
  await using server = await testServer()
  const path = '/.well-known/oauth-authorization-server'
  const [get, head] = await Promise.all([fetch(server.url + path), fetch(server.url + path, { method: 'HEAD' })])
  assert.equal(head.status, 200)
  for (const name of ['content-type', 'content-length', 'access-control-allow-origin'])
    assert.equal(head.headers.get(name), get.headers.get(name), name)
  assert.equal((await get.text()).length, Number(get.headers.get('content-length')))
  assert.equal(await head.text(), '')
})

test('an address that cannot be decoded names nothing, said in the words of whoever answers there, and is counted', async () => {
  await using server = await testServer()
  const said: Record<string, string> = {
    '/v1/clients/%zz': 'application/problem+json',
    '/oauth2/%zz': '"not_found"',
    '/api/v1/apps/%zz': '{"error":"Not Found"}',
    '/user/%zz': '{"detail":"Not Found"}',
    '/console/%zz': 'text/html',
  }
  for (const [path, wanted] of Object.entries(said)) {
    const answer = await fetch(server.url + path)
    assert.equal(answer.status, 404, path)
    assert.ok(`${answer.headers.get('content-type')} ${await answer.text()}`.includes(wanted), path)
    assert.ok(answer.headers.get('x-request-id'), path)
  }
})
