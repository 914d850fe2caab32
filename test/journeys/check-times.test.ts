import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyCredential } from '../../src/core/check/verify-credential.ts'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { HOUR } from '../../src/model/span.ts'
import { OPERATOR, SYSTEM } from '../../src/model/users/actor.ts'
import { person } from '../kit/admin.ts'
import { testServer } from '../kit/server.ts'

test('every check is timed, whoever asks and whatever becomes of it, and staff read how long they took', async () => {
  await using server = await testServer()
  const { world, url } = server
  const boss = await person(server, 'boss', 'owner')
  const api = { audience: 'https://api.example', name: 'API', scopes: ['read'] }
  const { resource, secret: proof } = await createResource(world, OPERATOR, api)
  const key = { kind: 'api-key' as const, userId: boss.user.id, name: 'k', scopes: ['read'] }
  const { secret } = await issueKey(world, OPERATOR, key)
  const basic = `Basic ${Buffer.from(`${resource.clientId}:${proof}`).toString('base64')}`
  const counted = async () => {
    await world.recorder.flush()
    const day = { since: Date.now() - HOUR, until: Date.now(), bucketMinutes: 1440 }
    return (await world.usage.times(day)).reduce((sum, { count }) => sum + count, 0)
  }
  const ways: Record<string, (presented: string) => Promise<unknown>> = {
    verify: credential =>
      fetch(`${url}/v1/verify`, {
        method: 'POST',
        headers: { authorization: basic, 'content-type': 'application/json' },
        body: JSON.stringify({ credential }),
      }),
    introspection: token =>
      fetch(`${url}/oauth2/introspect`, {
        method: 'POST',
        headers: { authorization: basic },
        body: new URLSearchParams({ token }),
      }),
    'forward-auth': token => fetch(`${url}/forward-auth`, { headers: { authorization: `Bearer ${token}` } }),
    whoami: token => fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } }),
    'a guard in process': secret => verifyCredential(world, SYSTEM, { presented: { secret } }),
  }
  for (const [way, ask] of Object.entries(ways))
    for (const presented of [secret, 'nobody-issued-this']) {
      const before = await counted()
      await ask(presented)
      assert.equal(await counted(), before + 1, `${way} of ${presented === secret ? 'a good one' : 'an unknown one'}`)
    }

  const { body } = await boss.ask('GET', '/v1/usage/check-times?bucket=minute')
  assert.equal(body['checks'], 10)
  const [p50, p95, p99] = [body['p50_ms'], body['p95_ms'], body['p99_ms']].map(Number) as [number, number, number]
  assert.ok(p50 > 0 && p50 <= p95 && p95 <= p99, `${p50} ${p95} ${p99}`)
})
