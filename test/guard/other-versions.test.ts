import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite, test } from 'node:test'
import { makeCredential } from '../../src/core/credentials/issue/make-credential.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import { PROFILES, type ProfileName } from '../../src/guard/answer/profiles.ts'
import { openGuard } from '../../src/guard/decide/guard.ts'
import type { Checker } from '../../src/guard/remote/checker.ts'
import { connect } from '../../src/guard/remote/remote.ts'
import { openUsageReport } from '../../src/guard/remote/usage-report.ts'
import { webCarrier } from '../../src/guard/request/carriers.ts'
import { REASONS, type Reason } from '../../src/model/credentials/verdict.ts'
import { entry } from '../../src/model/journal.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { addClient, CALLBACK } from '../kit/cast.ts'
import { eventually } from '../kit/eventually.ts'
import { api, issue, person } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'
import { shells } from './shells.ts'

/* Guards and servers are upgraded one after the other: each understands what the other one says, or refuses. */

type Call = { path: string; headers: Record<string, unknown>; body: string }

/** A server of another version: it answers `POST /v1/verify` with this text, and a usage report with this status. */
async function otherServer(verdict: string, usageStatus: number | ((report: string) => number) = 200) {
  const calls: Call[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const path = request.url ?? ''
    calls.push({ path, headers: request.headers, body })
    if (path === '/v1/verify') return response.writeHead(200, { 'content-type': 'application/json' }).end(verdict)
    const status = typeof usageStatus === 'number' ? usageStatus : usageStatus(body)
    return response.writeHead(path === '/v1/verify/usage' ? status : 404).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: (path: string) => calls.filter(call => call.path === path),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}
const secret = { clientId: 'api', clientSecret: 'secret' }
const refusal = (reason: unknown) => JSON.stringify({ active: false, reason, credential_id: 'a'.repeat(24) })

/** How each profile presents a credential. */
const send = (profile: ProfileName): Record<string, string> =>
  profile === 'tokenapi'
    ? { authorization: `Basic ${btoa('7:abc-0123456789')}` }
    : { authorization: 'Bearer something' }

for (const [framework, shell] of Object.entries(shells))
  suite(`${framework}, a server of another version`, () => {
    for (const profile of Object.keys(PROFILES) as ProfileName[])
      test(`a reason that this guard does not know is a refusal in the words of the profile ${profile}, never an outage`, async () => {
        for (const reason of ['compromised', 'quota_exhausted', 'constructor', '', null, 7, ['revoked'], undefined]) {
          await using server = await otherServer(refusal(reason))
          const guarded = await shell({ ...secret, url: server.url, profile })
          const answer = await fetch(guarded.url, { headers: send(profile) })
          const text = await answer.text()
          await guarded.close()
          assert.ok([401, 403].includes(answer.status), `${reason}: ${answer.status} ${text}`)
          assert.equal(answer.headers.get('retry-after'), null)
        }
      })
  })

test('a checker in this process of another version that refuses for an unknown reason is a refusal too', async () => {
  const checker: Checker = { check: async () => ({ active: false, reason: 'quota_exhausted' as Reason }) }
  const guard = openGuard({ server: checker })
  const carrier = webCarrier({ headers: new Headers(send('oauth')), url: '/' })
  await assert.rejects(guard.check(carrier), { status: 401, code: 'unknown' })
})

test('a good credential of a kind that this guard does not know is refused, never passed and no outage', async () => {
  const body = { active: true, kind: 'passport', credential_id: 'b'.repeat(24), subject: null, client: null }
  const more = { scopes: ['read'], audience: [], issued_at: 1, expires_at: null, feed_position: 1 }
  await using server = await otherServer(JSON.stringify({ ...body, ...more }))
  const guard = openGuard({ ...secret, url: server.url })
  const carrier = webCarrier({ headers: new Headers(send('oauth')), url: '/' })
  await assert.rejects(guard.check(carrier), { status: 403, code: 'wrong_dialect' })
  await guard.close()
})

test('an answer that says neither yes nor no stays an outage', async () => {
  for (const text of ['', '{}', '[]', 'null', '{"active":"false","reason":"revoked"}', '{"active":true}']) {
    await using server = await otherServer(text)
    const guard = openGuard({ ...secret, url: server.url })
    const carrier = webCarrier({ headers: new Headers(send('oauth')), url: '/' })
    await assert.rejects(guard.check(carrier), { status: 503 }, text)
    await guard.close()
  }
})

test('the guard announces the reasons it knows in a header; a body that older servers would refuse stays as it was', async () => {
  await using server = await otherServer(refusal('revoked'))
  const checker = connect({ ...secret, url: server.url })
  await checker.check({
    presented: { secret: 'x' },
    scopes: ['read'],
    audience: 'https://a.example',
    dialects: 'any',
    ip: '::1',
  })
  await checker.close?.()
  const [call] = server.calls('/v1/verify')
  assert.equal(call?.headers['claviger-reasons'], REASONS.join(' '))
  const known = ['credential', 'scopes', 'audience', 'dialects', 'key_in_address', 'ip']
  for (const name of Object.keys(JSON.parse(call?.body ?? ''))) assert.ok(known.includes(name), name)
})

test('the server gives a reason only to callers that know it, the nearest older one to others', async () => {
  await using server = await testServer()
  const { world } = server
  const { clientId, clientSecret } = await api(server)
  const user = await person(world)
  const { presented } = await issue(world, 'api-key', user)
  const told = async (announced: string | undefined, credential = presented) => {
    const basic = { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`, 'content-type': 'application/json' }
    const answer = await fetch(`${server.url}/v1/verify`, {
      method: 'POST',
      headers: announced === undefined ? basic : { ...basic, 'claviger-reasons': announced },
      body: JSON.stringify({ credential }),
    })
    assert.equal(answer.status, 200)
    const body = (await answer.json()) as { active: boolean; reason: string }
    assert.equal(body.active, false)
    return body.reason
  }
  await changeUser(world, OPERATOR, { userId: user.id, active: false })
  assert.equal(await told(undefined), 'owner_disabled')
  assert.equal(await told(REASONS.join(' ')), 'owner_disabled')
  assert.equal(await told(' ,owner_disabled,,made_up , '), 'owner_disabled')
  assert.equal(await told('unknown revoked'), 'unknown')
  assert.equal(await told(''), 'unknown')
  assert.equal(await told('x'.repeat(10_000)), 'unknown')
  assert.equal(await told('unknown', 'clv_key_cut'), 'unknown')
})

test('a guard reports what it refused for an unknown reason in words that every server reads', async () => {
  await using server = await otherServer(refusal('compromised'))
  const checker = connect({ ...secret, url: server.url })
  for (let i = 0; i < 3; i++) await checker.check({ presented: { secret: 'x' } })
  await checker.close?.()
  const outcomes = server.calls('/v1/verify/usage').flatMap(({ body }) => JSON.parse(body).items)
  for (const { outcome } of outcomes) assert.ok(REASONS.includes(outcome), outcome)
  assert.ok(outcomes.length > 0)
})

test('a usage report with the reason of a newer guard is counted, not refused', async () => {
  await using server = await testServer()
  const { clientId, clientSecret } = await api(server)
  const { credentialId } = await issue(server.world, 'api-key', await person(server.world))
  const item = { credential_id: credentialId, count: 2, last_at: Math.floor(server.world.now() / 1000) }
  const report = (outcome: unknown) =>
    fetch(`${server.url}/v1/verify/usage`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        items: [
          { ...item, outcome: 'valid' },
          { ...item, outcome },
        ],
      }),
    })
  const answer = await report('compromised')
  assert.deepEqual([answer.status, await answer.json()], [200, { counted: 2 }])
  await server.world.recorder.flush()
  const ask = { since: Date.now() - 600_000, until: Date.now() + 60_000, bucketMinutes: 60, countedBy: credentialId }
  const counts = (await server.world.usage.read(ask)).map(({ outcome, count }) => [outcome, count])
  assert.deepEqual(counts.toSorted(), [
    ['unknown', 2],
    ['valid', 2],
  ])
  for (const outcome of [7, null, 'x'.repeat(65)]) assert.equal((await report(outcome)).status, 400)
})

test('an older server that refuses one usage report is sent the next one', async () => {
  await using server = await otherServer(refusal('revoked'), 400)
  const first = connect({ ...secret, url: server.url, refusalSeconds: 1 })
  for (let i = 0; i < 2; i++) await first.check({ presented: { secret: 'x' } })
  await eventually(async () => server.calls('/v1/verify/usage').length > 0)
  for (let i = 0; i < 2; i++) await first.check({ presented: { secret: 'x' } }) // the second is remembered, so it is reported
  await first.close?.()
  assert.equal(server.calls('/v1/verify/usage').length, 2)
})

const yes = (fields: object) => {
  const who = { kind: 'access_token', credential_id: 'b'.repeat(24), subject: null, client: null }
  const what = { scopes: ['read'], audience: [], issued_at: 1, expires_at: null, feed_position: 1 }
  return JSON.stringify({ active: true, ...who, ...what, ...fields })
}
const BY_GRANT = `grant ${'c'.repeat(24)}`

test('use is reported by grant or client only where the server named one; older servers are told what they know', async () => {
  for (const [counted_by, understood] of [
    [undefined, undefined],
    ['something newer', undefined],
    [BY_GRANT, BY_GRANT],
    ['client clv_cid_1', 'client clv_cid_1'],
  ] as const) {
    await using good = await otherServer(yes({ counted_by }))
    const asking = connect({ ...secret, url: good.url })
    const verdict = await asking.check({ presented: { secret: 'x' } })
    await asking.close?.()
    assert.equal(verdict.active && verdict.principal.countedBy, understood)

    await using server = await otherServer(JSON.stringify({ ...JSON.parse(refusal('expired')), counted_by }))
    const checker = connect({ ...secret, url: server.url })
    for (let i = 0; i < 3; i++) await checker.check({ presented: { secret: 'x' } }) // all but the first are remembered
    await checker.close?.()
    const items = server.calls('/v1/verify/usage').flatMap(({ body }) => JSON.parse(body).items as object[])
    const subject = understood === undefined ? { credential_id: 'a'.repeat(24) } : { counted_by: understood }
    assert.deepEqual(
      (items as Record<string, unknown>[]).map(({ last_at: _, ...rest }) => rest),
      [{ ...subject, outcome: 'expired', count: 2 }],
    )
  }
})

test('a server that does not know use by grant and answers 400 still takes all else, and that is kept for the next one', async () => {
  let upgraded = false
  const status = (report: string) => (report.includes('counted_by') && !upgraded ? 400 : 200)
  await using server = await otherServer(refusal('revoked'), status)
  const report = openUsageReport({ url: server.url, authorization: 'Basic x', timeoutMilliseconds: 1000 })
  report.used('d'.repeat(24), 'valid')
  report.used(BY_GRANT, 'valid')
  report.used(BY_GRANT, 'valid')
  const taken = () =>
    server.calls('/v1/verify/usage').flatMap(({ body }) => JSON.parse(body).items as Record<string, unknown>[])
  await eventually(async () => server.calls('/v1/verify/usage').length >= 2, 20_000)
  assert.deepEqual(
    taken().map(({ credential_id, counted_by, count }) => [credential_id ?? counted_by, count]),
    [
      ['d'.repeat(24), 1],
      [BY_GRANT, 2],
    ],
  )
  upgraded = true
  report.used(BY_GRANT, 'valid')
  await report.close()
  const last = taken().at(-1)
  assert.deepEqual([last?.['counted_by'], last?.['count']], [BY_GRANT, 3])
})

test('use by grant and client is believed of an API that they may be for, whatever else a newer guard says', async () => {
  await using server = await testServer()
  const { world } = server
  const user = await person(world)
  const app = await addClient(world, { scopes: ['read'] })
  const grant = { id: 'e'.repeat(24), userId: user.id, clientId: app.client.id, audience: ['https://mine.example'] }
  const code = makeCredential(world, 'authorization-code', {
    data: { redirectUri: CALLBACK, redirectUriSent: true, resources: [], authentication: { at: 1, methods: ['pwd'] } },
  })
  const fields = { scopes: ['read'], generation: 0, tokensIssued: 0, createdAt: world.now(), activatedAt: 1 }
  const granted = entry(OPERATOR, 'granted', { about: 'grant' }, { at: world.now() })
  assert.equal(await world.grants.open({ ...grant, ...fields }, code.credential, granted), 'opened')
  const resource = (name: string, scopes: string[]) =>
    createResource(world, OPERATOR, { audience: `https://${name}.example`, name, scopes })
  const [mine, other] = [await resource('mine', ['read']), await resource('other', ['else'])]
  const report = async (by: { clientId: string; secret: string }, subjects: object[]) => {
    const at = { outcome: 'valid', count: 5, last_at: Math.floor(world.now() / 1000), region: 'of a newer guard' }
    const answer = await fetch(`${server.url}/v1/verify/usage`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${by.clientId}:${by.secret}`)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ items: subjects.map(subject => ({ ...subject, ...at })) }),
    })
    return [answer.status, ((await answer.json()) as { counted?: number }).counted]
  }
  const [byGrant, byClient] = [{ counted_by: `grant ${grant.id}` }, { counted_by: `client ${app.client.id}` }]
  assert.deepEqual(await report(other, [byGrant, byClient]), [200, 0])
  const strange = [{ counted_by: 'grant x' }, { counted_by: `grant ${'0'.repeat(24)}` }, { family: 'newer' }, {}]
  assert.deepEqual(await report(mine, [byGrant, byClient, ...strange]), [200, 2])
  await world.recorder.flush()
  assert.ok((await world.grants.byId(grant.id))?.lastUsedAt)
  assert.ok((await world.clients.byId(app.client.id))?.lastUsedAt)
  const span = { since: world.now() - 600_000, until: world.now() + 60_000, bucketMinutes: 60 }
  const [ofClient] = await world.usage.read({ ...span, clientId: app.client.id })
  assert.deepEqual([ofClient?.kind, ofClient?.count], ['access-token', 10])
  const { items } = await world.journal.list({ event: 'used' }, { limit: 5 })
  assert.deepEqual(items.map(({ about }) => about).toSorted(), ['client', 'grant'])
})
