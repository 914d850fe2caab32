import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { createGate } from '../../src/core/resources/create-gate.ts'
import { readRequestId } from '../../src/model/request-id.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { eventually } from '../kit/eventually.ts'
import { api, person } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'
import { shells } from './shells.ts'

/* A refusal of a guard has a name, in its header and its body, and that name explains it at the server. */

let server: TestServer
let who: Awaited<ReturnType<typeof api>>
let user: User
before(async () => {
  server = await testServer({ CLAVIGER_TRUST_PROXY: '127.0.0.1' })
  who = await api(server)
  user = await person(server.world)
  await createGate(server.world, OPERATOR, { name: 'things', scopes: ['read'] })
})
after(() => server[Symbol.asyncDispose]())

const explained = async (id: string): Promise<string> => {
  await server.world.recorder.flush()
  return (await command(['explain', '--request-id', id], { env: { CLAVIGER_DATA_DIR: server.dataDir } })).stdout
}

/** Every shell, and the proxies' own door. */
const doors: Record<string, (options: object) => Promise<{ url: string; close(): Promise<void> }>> = {
  ...shells,
  'forward-auth': async () => ({ url: `${server.url}/forward-auth/gates/things`, close: async () => {} }),
}
let count = 0
for (const [name, open] of Object.entries(doors))
  test(`${name}: a refusal carries the id of its request, or one of its own, in header and body, and the server explains it by that`, async () => {
    // Its own, because of one credential the journal keeps the first refusal of a minute.
    const { secret } = await issueKey(server.world, OPERATOR, {
      kind: 'application-token',
      userId: user.id,
      name,
      scopes: [],
    })
    const guarded = await open({ ...who, scopes: 'read' })
    const call = async (headers: Record<string, string> = {}) => {
      const answer = await fetch(guarded.url, { headers: { authorization: `Bearer ${secret}`, ...headers } })
      const { request_id: named } = (await answer.json()) as { request_id?: string }
      assert.equal(answer.status, 403)
      assert.equal(named, answer.headers.get('x-request-id'))
      return named ?? ''
    }
    try {
      const brought = `from.the-proxy/${count++}`
      assert.equal(await call({ 'x-request-id': brought }), brought)
      await eventually(async () => /insufficient_scope|needs also read/.test(await explained(brought)))
      const own = await call()
      assert.equal(readRequestId([own]), own)
      assert.notEqual(await call(), own)
      for (const hostile of ['clv_key_abc', 'a b', 'x'.repeat(101), 'a.b.c'])
        assert.notEqual(await call({ 'x-request-id': hostile }), hostile)
    } finally {
      await guarded.close()
    }
  })

test('an id that could be one of our next is not taken from a caller', async () => {
  const next = (await fetch(`${server.url}/livez`)).headers.get('x-request-id') ?? ''
  const answer = await fetch(`${server.url}/forward-auth`, { headers: { 'x-request-id': next } })
  assert.notEqual(answer.headers.get('x-request-id'), next)
})
