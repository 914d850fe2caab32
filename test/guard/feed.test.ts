import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { pino } from 'pino'
import { changeClient } from '../../src/core/clients/change-client.ts'
import { rotateClientSecret } from '../../src/core/clients/rotate-client-secret.ts'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { issueTokens } from '../../src/core/oauth/issue-tokens.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import { AuthError } from '../../src/guard/answer/auth-error.ts'
import { type Guard, openGuard } from '../../src/guard/decide/guard.ts'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import { followFeed } from '../../src/guard/remote/feed.ts'
import { webCarrier } from '../../src/guard/request/carriers.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { startServer } from '../../src/server/start.ts'
import { asClient, tokenRequest } from '../kit/acts.ts'
import { eventually } from '../kit/eventually.ts'
import { api, application, issue, person } from '../kit/house.ts'
import { type Link, link } from '../kit/link.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* A guard at the far end of a line: what it remembers ends when the credential does, whoever ended it. */

async function farGuard(server: TestServer, options: GuardOptions = {}) {
  const line = await link(server.url)
  const guard = openGuard({ ...(await api(server)), url: line.url, scopes: 'read', ...options })
  return {
    line,
    guard,
    async [Symbol.asyncDispose]() {
      await guard.close()
      await line[Symbol.asyncDispose]()
    },
  }
}

const outcome = async (guard: Guard, secret: string): Promise<string> => {
  try {
    await guard.check(webCarrier({ headers: new Headers({ authorization: `Bearer ${secret}` }), url: '/' }))
    return 'passed'
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

/** Asks until the guard answers without asking the server: from then on only the feed can change its mind. */
async function untilRemembered(line: Link, guard: Guard, secret: string): Promise<void> {
  await eventually(async () => {
    const before = line.calls('/v1/verify')
    assert.equal(await outcome(guard, secret), 'passed')
    return line.calls('/v1/verify') === before
  })
}
const untilItIs = (guard: Guard, secret: string, wanted: string) =>
  eventually(async () => (await outcome(guard, secret)) === wanted)

test('a remembered credential costs no question, and many requests at once ask only one', async () => {
  await using server = await testServer()
  await using far = await farGuard(server)
  const { presented } = await issue(server.world, 'api-key', await person(server.world))
  await Promise.all(Array.from({ length: 50 }, () => outcome(far.guard, presented)))
  assert.equal(far.line.calls('/v1/verify'), 1)
  await untilRemembered(far.line, far.guard, presented)
  const before = far.line.calls('/v1/verify')
  for (let i = 0; i < 100; i++) assert.equal(await outcome(far.guard, presented), 'passed')
  assert.equal(far.line.calls('/v1/verify'), before)
})

test('a revoked credential dies at a far guard that remembered it', async () => {
  await using server = await testServer()
  await using far = await farGuard(server)
  const { presented, credentialId } = await issue(server.world, 'api-key', await person(server.world))
  await untilRemembered(far.line, far.guard, presented)
  await revokeCredential(server.world, OPERATOR, { credentialId })
  await untilItIs(far.guard, presented, 'revoked')
})

test('disabling the owner, narrowing what the owner may do and disabling the client reach a far guard', async () => {
  await using server = await testServer()
  await using far = await farGuard(server)
  const { world } = server
  const [disabled, narrowed] = [await person(world, 'dora'), await person(world, 'nora', ['read', 'write'])]
  const { client } = await application(world)
  const first = await issue(world, 'application-token', disabled)
  const second = await issue(world, 'application-token', narrowed)
  const ask = tokenRequest('client_credentials', { scope: 'read' })
  const { accessToken } = await issueTokens(world, asClient(client), ask)
  for (const secret of [first.presented, second.presented, accessToken])
    await untilRemembered(far.line, far.guard, secret)

  await changeUser(world, OPERATOR, { userId: disabled.id, active: false })
  await changeUser(world, OPERATOR, { userId: narrowed.id, scopes: ['write'] })
  await changeClient(world, OPERATOR, { clientId: client.id, active: false })
  await untilItIs(far.guard, first.presented, 'owner_disabled')
  await untilItIs(far.guard, second.presented, 'insufficient_scope')
  await untilItIs(far.guard, accessToken, 'client_disabled')

  await changeUser(world, OPERATOR, { userId: disabled.id, active: true })
  await untilItIs(far.guard, first.presented, 'passed')
})

test('the tokens of an application stop at a far guard when whoever registered it is disabled, and come back with them', async () => {
  await using server = await testServer()
  await using far = await farGuard(server)
  const { world } = server
  const owner = await person(world, 'olga')
  const { client } = await application(world, ['read'], owner.id)
  const ask = tokenRequest('client_credentials', { scope: 'read' })
  const { accessToken } = await issueTokens(world, asClient(client), ask)
  await untilRemembered(far.line, far.guard, accessToken)
  await changeUser(world, OPERATOR, { userId: owner.id, active: false })
  await untilItIs(far.guard, accessToken, 'owner_disabled')
  await changeUser(world, OPERATOR, { userId: owner.id, active: true })
  await untilItIs(far.guard, accessToken, 'passed')
})

test('a change made by another process on the same database reaches the guard, too', async () => {
  await using server = await testServer()
  await using far = await farGuard(server)
  const { presented, credentialId } = await issue(server.world, 'api-key', await person(server.world))
  await untilRemembered(far.line, far.guard, presented)
  const config = readConfig({ CLAVIGER_DATA_DIR: server.dataDir, CLAVIGER_PORT: '0', CLAVIGER_LIMITS: 'off' })
  const other = await startServer(config, { log: pino({ level: 'silent' }) })
  try {
    await revokeCredential(other.world, OPERATOR, { credentialId })
    await untilItIs(far.guard, presented, 'revoked')
  } finally {
    await other.stop()
  }
})

test('what an operator revokes at the command line reaches the guard of a running server', async () => {
  await using server = await testServer()
  await using far = await farGuard(server)
  const { presented, credentialId } = await issue(server.world, 'api-key', await person(server.world))
  await untilRemembered(far.line, far.guard, presented)
  const { code, stderr } = await command(['credential', 'revoke', '--yes', credentialId], {
    env: { CLAVIGER_DATA_DIR: server.dataDir },
  })
  assert.equal(code, 0, stderr)
  await untilItIs(far.guard, presented, 'revoked')
})

test('what was revoked while the line was down is refused once it is back; nothing is missed', async () => {
  await using server = await testServer()
  await using far = await farGuard(server, { feedLimitSeconds: 60 })
  const { presented, credentialId } = await issue(server.world, 'api-key', await person(server.world))
  await untilRemembered(far.line, far.guard, presented)
  far.line.cut()
  await revokeCredential(server.world, OPERATOR, { credentialId })
  assert.equal(await outcome(far.guard, presented), 'passed', 'within its limit the guard still trusts what it knows')
  far.line.mend()
  await untilItIs(far.guard, presented, 'revoked')
})

for (const fault of ['cut', 'silence'] as const) {
  test(`when the feed is lost (${fault}) for longer than the limit, nothing remembered is trusted`, async () => {
    await using server = await testServer()
    await using far = await farGuard(server, { feedLimitSeconds: 0.3, timeoutSeconds: 0.3 })
    const { presented } = await issue(server.world, 'api-key', await person(server.world))
    assert.equal(await outcome(far.guard, presented), 'passed')
    far.line[fault]()
    await untilItIs(far.guard, presented, 'unavailable')
  })
}

test('a guard that was told to go on without its server lets pass what was good, but nothing it never saw', async () => {
  await using server = await testServer()
  await using far = await farGuard(server, { feedLimitSeconds: 0.2, timeoutSeconds: 0.5, onUnavailable: 'use-cache' })
  const user = await person(server.world)
  const [known, unknown] = [await issue(server.world, 'api-key', user), await issue(server.world, 'api-key', user)]
  await untilRemembered(far.line, far.guard, known.presented)
  far.line.cut()
  await new Promise(resolve => setTimeout(resolve, 400))
  assert.equal(await outcome(far.guard, known.presented), 'passed')
  assert.equal(await outcome(far.guard, unknown.presented), 'unavailable')
})

test('a remembered credential is refused once it has expired, however short ago it was asked about', async () => {
  await using server = await testServer()
  await using far = await farGuard(server)
  const user = await person(server.world)
  const { secret } = await issueKey(server.world, OPERATOR, {
    kind: 'api-key',
    userId: user.id,
    name: 'short',
    scopes: ['read'],
    // Long enough to be remembered first on a machine that is busy.
    expiresAt: Date.now() + 5000,
  })
  await untilRemembered(far.line, far.guard, secret)
  await untilItIs(far.guard, secret, 'expired')
})

test('scopes, kind and audience are judged anew for each guard, whatever another one remembered', async () => {
  await using server = await testServer()
  await using far = await farGuard(server)
  const connection = { ...(await api(server, 'https://two.example')), url: far.line.url }
  const [reads, writes, zocial] = [
    openGuard({ ...connection, scopes: 'read' }),
    openGuard({ ...connection, scopes: 'write' }),
    openGuard({ ...connection, profile: 'zocial' }),
  ]
  const strict = openGuard({ ...connection, audience: (await apiNamed(server, 'https://strict.example')).audience })
  try {
    const { presented } = await issue(server.world, 'api-key', await person(server.world), ['read'])
    await untilRemembered(far.line, reads, presented)
    assert.equal(await outcome(writes, presented), 'insufficient_scope')
    assert.equal(await outcome(zocial, presented), 'wrong_dialect')
    assert.equal(await outcome(strict, presented), 'wrong_audience')
    assert.equal(await outcome(reads, presented), 'passed')
  } finally {
    for (const guard of [reads, writes, zocial, strict]) await guard.close()
  }
})

test('an API that is disabled, or given another secret, hears no more of the feed until it has proved itself anew', async () => {
  await using server = await testServer()
  const { world } = server
  const { clientId, clientSecret } = await api(server)
  const headers = { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` }
  const follow = () => fetch(`${server.url}/v1/feed`, { headers })
  const first = await follow()
  assert.equal(first.status, 200)
  await rotateClientSecret(world, OPERATOR, { clientId, overlapSeconds: 3600 })
  await first.text() // it ends, or this never does
  const second = await follow()
  assert.equal(second.status, 200)
  await changeClient(world, OPERATOR, { clientId, active: false })
  const heard = await second.text()
  assert.equal((await follow()).status, 401)
  const { credentialId } = await issue(world, 'api-key', await person(world))
  await revokeCredential(world, OPERATOR, { credentialId })
  assert.equal(heard.includes(credentialId), false)
})

test('a guard that is still being told what it missed trusts nothing it remembers', async () => {
  let write = (_event: string): void => {}
  const line = createServer((_request, answer) => {
    answer.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    write = event => answer.write(event)
  })
  await once(line.listen(0, '127.0.0.1'), 'listening')
  const feed = followFeed({
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    authorization: 'Basic x',
    limitMilliseconds: 60_000,
  })
  let told = 0
  feed.onChange(() => told++)
  try {
    const missed = { seq: 7, subject: 'user', subject_id: 'u', effect: 'revoked' }
    await eventually(async () => {
      write(`event: revocation\nid: 7\ndata: ${JSON.stringify(missed)}\n\n`)
      return told > 0
    })
    assert.equal(feed.fresh(), false)
    write('event: position\nid: 8\ndata: {"position":8}\n\n')
    await eventually(async () => feed.fresh())
  } finally {
    feed.close()
    line.closeAllConnections()
    line.close()
  }
})

test('a credential bound to networks that was good from one of them is refused from everywhere else, whatever is remembered', async () => {
  await using server = await testServer()
  await using far = await farGuard(server)
  const { presented } = await issue(server.world, 'api-key', await person(server.world), ['read'], ['10.0.0.0/8'])
  const headers = new Headers({ authorization: `Bearer ${presented}` })
  const from = (ip?: string) =>
    far.guard.check(webCarrier({ headers, url: '/' }), { ip }).then(
      () => 'passed',
      (error: AuthError) => error.code,
    )
  const other = (await issue(server.world, 'api-key', await person(server.world, 'bob'))).presented
  await untilRemembered(far.line, far.guard, other) // from here on the guard believes what it remembers
  for (let i = 0; i < 3; i++) {
    assert.equal(await from('10.1.2.3'), 'passed')
    assert.equal(await from('192.0.2.1'), 'network_not_allowed')
    assert.equal(await from(), 'network_not_allowed')
  }
})

async function apiNamed(server: TestServer, audience: string) {
  await api(server, audience, { strictAudience: true })
  return { audience }
}
