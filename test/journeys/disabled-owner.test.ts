import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import { deleteUser } from '../../src/core/users/delete-user.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { person as staff } from '../kit/admin.ts'
import { addClient, addUser, askTokens, authorizeUrl, giveCode, isActive, pkce, redeem, refresh } from '../kit/cast.ts'
import { credentialIdOf } from '../kit/credential-id.ts'
import { api } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Whoever registered an application answers for it: disabled, they stop all that is theirs, whoever it was given to. */

let server: TestServer
let owner: User
let visitor: User
let app: RegisteredClient
let guardedApi: Awaited<ReturnType<typeof api>>
const { verifier, challenge } = pkce()

before(async () => {
  server = await testServer()
  owner = await addUser(server.world, 'olga')
  visitor = await addUser(server.world, 'vera')
  app = await addClient(server.world, { ownerId: owner.id })
  guardedApi = await api(server)
})
after(() => server.stop())

const enable = (active: boolean) =>
  changeUser(server.world, OPERATOR, { userId: owner.id, active }).then(() => undefined)
const forItself = (by: RegisteredClient) => askTokens(server.url, by, { grant_type: 'client_credentials' })
const forVisitor = async (by: RegisteredClient) =>
  redeem(server.url, by, await giveCode(server.world, by.client, visitor, challenge), verifier)

async function verdict(token: string | undefined): Promise<string> {
  const { clientId, clientSecret } = guardedApi
  const answer = await fetch(`${server.url}/v1/verify`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ credential: token }),
  })
  const { active, reason } = (await answer.json()) as { active: boolean; reason?: string }
  return active ? 'active' : (reason ?? '')
}

test('a disabled person stops what their applications hold and were given, and what comes back with them is what was not revoked', async () => {
  const [own, revoked, visitors] = [await forItself(app), await forItself(app), await forVisitor(app)]
  const waiting = await giveCode(server.world, app.client, visitor, challenge)
  for (const tokens of [own, revoked, visitors]) assert.equal(await verdict(tokens.access_token), 'active')
  await enable(false)
  try {
    assert.equal(await verdict(own.access_token), 'owner_disabled')
    assert.equal(await verdict(visitors.access_token), 'client_disabled')
    for (const refused of [
      await forItself(app),
      await refresh(server.url, app, visitors.refresh_token),
      await redeem(server.url, app, waiting, verifier),
    ])
      assert.deepEqual([refused.status, refused.error], [401, 'invalid_client'])
    const credentialId = await credentialIdOf(server.world, revoked.access_token ?? '')
    await revokeCredential(server.world, OPERATOR, { credentialId })
  } finally {
    await enable(true)
  }
  assert.equal(await verdict(own.access_token), 'active')
  assert.equal(await verdict(visitors.access_token), 'active')
  assert.equal(await verdict(revoked.access_token), 'revoked')
  assert.equal((await refresh(server.url, app, visitors.refresh_token)).status, 200)
  assert.equal((await forItself(app)).status, 200)
})

test('nobody can be sent to sign in for an application whose owner is disabled', async () => {
  const ask = async () => {
    const page = await fetch(server.url + authorizeUrl(app.client.id, challenge), { redirect: 'manual' })
    return { status: page.status, location: page.headers.get('location'), html: await page.text() }
  }
  assert.notEqual((await ask()).status, 403)
  await enable(false)
  try {
    const page = await ask()
    assert.deepEqual([page.status, page.location], [403, null])
    assert.match(page.html, /disabled/)
  } finally {
    await enable(true)
  }
})

test('explain names who is disabled behind an application', async () => {
  const sam = await staff(server, 'sam', 'support')
  const [own, visitors] = [await forItself(app), await forVisitor(app)]
  await enable(false)
  try {
    for (const [token, rule] of [
      [own.access_token, 'owner active'],
      [visitors.access_token, 'client active'],
    ]) {
      const { body } = await sam.ask('POST', '/v1/explain', { credential: token })
      const findings = body['findings'] as { rule: string; passed: boolean; found: string }[]
      const failed = findings.find(({ passed }) => !passed)
      assert.equal(failed?.rule, rule)
      assert.match(failed?.found ?? '', new RegExp(`${owner.id}, who registered Travel Diary, is disabled`))
    }
  } finally {
    await enable(true)
  }
})

test('an application that nobody owns, or somebody else, goes on when a person is disabled', async () => {
  const others = [await addClient(server.world), await addClient(server.world, { ownerId: visitor.id })]
  await enable(false)
  try {
    for (const other of others) assert.equal(await verdict((await forItself(other)).access_token), 'active')
  } finally {
    await enable(true)
  }
})

test('an application whose owner was deleted is dead at once', async () => {
  const gone = await addUser(server.world, 'gone')
  const orphan = await addClient(server.world, { ownerId: gone.id })
  const { access_token } = await forItself(orphan)
  assert.equal(await verdict(access_token), 'active')
  assert.equal(await isActive(server.url, orphan, access_token), true)
  await deleteUser(server.world, OPERATOR, { userId: gone.id })
  assert.equal(await verdict(access_token), 'owner_disabled')
  assert.equal((await forItself(orphan)).error, 'invalid_client')
})
