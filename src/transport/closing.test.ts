import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { eventually } from '../../test/kit/eventually.ts'
import { testServer } from '../../test/kit/server.ts'

test('a request under way when the server stops is answered; a connection that never asked does not hold it up', async () => {
  const server = await testServer()
  const { hostname, port } = new URL(server.url)
  const idle = connect(Number(port), hostname)
  const busy = connect(Number(port), hostname)
  const body = 'grant_type=client_credentials&client_id=nobody&client_secret=wrong'
  busy.write(
    `POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n${body.slice(0, 10)}`,
  )
  let answer = ''
  busy.on('data', chunk => {
    answer += chunk
  })
  await eventually(async () => answer.startsWith('HTTP/1.1 100 Continue'))
  const stopped = server.stop()
  const refusesNewcomers = () =>
    fetch(server.url).then(
      () => false,
      () => true,
    )
  await eventually(refusesNewcomers)
  busy.write(body.slice(10))
  await stopped
  assert.match(answer, /\r\nHTTP\/1\.1 401 /)
  assert.equal(
    idle.destroyed || idle.readableEnded || (await new Promise(resolve => idle.once('close', () => resolve(true)))),
    true,
  )
})
