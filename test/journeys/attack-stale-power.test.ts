import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { changeClient } from '../../src/core/clients/change-client.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { openCachedLookups } from '../../src/core/services/cached-lookups.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { addClient, addUser, askTokens, authorizeUrl, giveCode, isActive, pkce, redeem, signIn } from '../kit/cast.ts'
import { api, issue, person as somebody } from '../kit/house.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Power that was true once: what was registered, cached, allowed or switched on before, and is no more. */

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.stop())

async function verdict(on: TestServer, credential: string | undefined, more: object = {}): Promise<string> {
  const { clientId, clientSecret } = await api(on, `https://api${Math.random()}.example`)
  const answer = await fetch(`${on.url}/v1/verify`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ credential, ...more }),
  })
  const { active, reason } = (await answer.json()) as { active: boolean; reason?: string }
  return active ? 'active' : (reason ?? '')
}

test('a token carries no scope that its application is no longer registered for', async () => {
  const app = await addClient(server.world)
  const { access_token } = await askTokens(server.url, app, { grant_type: 'client_credentials', scope: 'read write' })
  assert.equal(await verdict(server, access_token, { scopes: ['write'] }), 'active')
  await changeClient(server.world, OPERATOR, { clientId: app.client.id, scopes: ['read'] })
  assert.equal(await verdict(server, access_token, { scopes: ['write'] }), 'insufficient_scope')
  assert.equal(await verdict(server, access_token, { scopes: ['read'] }), 'active')
})

test('a token whose grant is gone is worth nothing, also when nobody revoked it', async () => {
  const [user, app] = [await addUser(server.world, 'gale'), await addClient(server.world)]
  const { verifier, challenge } = pkce()
  const { access_token = '' } = await redeem(
    server.url,
    app,
    await giveCode(server.world, app.client, user, challenge),
    verifier,
  )
  const grantId = (await server.world.grants.ofUser(user.id))[0]?.id
  assert.ok(grantId)
  await server.installation.engine.write(async tx => {
    await tx.deleteFrom('grants').where('id', '=', grantId).execute()
  })
  assert.equal(await verdict(server, access_token), 'revoked')
  assert.equal(await isActive(server.url, app, access_token), false)
})

test('a public client that shows a secret is refused, whatever the secret: it has none', async () => {
  const app = await addClient(server.world, { type: 'public' })
  const { challenge, verifier } = pkce()
  const user = await addUser(server.world, 'pia')
  const code = await giveCode(server.world, app.client, user, challenge)
  for (const secret of ['x', 'undefined', 'null'])
    assert.equal((await redeem(server.url, { ...app, secret }, code, verifier)).error, 'invalid_client')
  assert.equal((await redeem(server.url, app, code, verifier)).status, 200)
})

test('consent for one API, and consent that has ended, are no consent for another time or place', async () => {
  const { world } = server
  for (const audience of ['https://one.example', 'https://two.example'])
    await createResource(world, OPERATOR, { audience, name: audience, scopes: ['read'] })
  const user = await addUser(world, 'rita')
  const app = await addClient(world)
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who, 'rita')
  const { challenge, verifier } = pkce()
  const resource = 'https://one.example'
  const code = await giveCode(world, app.client, user, challenge, { resources: [resource] })
  assert.equal((await redeem(server.url, app, code, verifier, { resource })).status, 200)
  const silently = async (asked: string | undefined) => {
    const { sentTo } = await who.visit(
      authorizeUrl(app.client.id, challenge, { prompt: 'none', ...(asked && { resource: asked }) }),
    )
    return sentTo?.searchParams.get('error') ?? 'code'
  }
  assert.equal(await silently(resource), 'code')
  assert.equal(await silently('https://two.example'), 'consent_required')
  assert.equal(await silently(undefined), 'consent_required')
  await server.installation.engine.write(async tx => {
    await tx
      .updateTable('grants')
      .set({ expires_at: world.now() - 1 })
      .where('user_id', '=', user.id)
      .execute()
  })
  assert.equal(await silently(resource), 'consent_required')
})

test('a system that is switched off lets nobody in, also where an API still names it', async () => {
  await using reduced = await testServer({ CLAVIGER_DIALECTS: 'apikey' })
  const user = await somebody(reduced.world)
  const { presented } = await issue(reduced.world, 'user-token', user)
  assert.equal(await verdict(reduced, presented, { dialects: ['zebbra'] }), 'wrong_dialect')
  const key = await issue(reduced.world, 'api-key', user)
  assert.equal(await verdict(reduced, key.presented, { dialects: ['zebbra', 'apikey'] }), 'active')
})

test('what a process remembers is worth nothing once the log went on without it, or was not read for too long', async () => {
  const { world, installation } = server
  const user = await somebody(world, 'lou')
  const secrets = await Promise.all([1, 2, 3].map(() => issue(world, 'api-key', user)))
  const [one, two, mark] = secrets as [(typeof secrets)[0], (typeof secrets)[0], (typeof secrets)[0]]
  const print = (presented: string) => world.vault.fingerprint(presented)
  const patient = openCachedLookups(world, { trustMilliseconds: 600_000 })
  const impatient = openCachedLookups(world, { trustMilliseconds: -1 })
  for (const lookups of [patient, impatient]) {
    await lookups.follow()
    for (const { presented } of [one, two]) await lookups.facts(print(presented))
  }
  await revokeCredential(world, OPERATOR, { credentialId: one.credentialId })
  assert.equal((await patient.facts(print(one.presented)))?.credential.revokedAt, undefined, 'it has not read the log')
  assert.notEqual((await impatient.facts(print(one.presented)))?.credential.revokedAt, undefined)
  // The line that told of it is swept before the sleeper reads on; the next one has a number too far.
  await installation.engine.write(async tx => {
    await tx.deleteFrom('revocations').where('subject_id', '=', one.credentialId).execute()
  })
  await revokeCredential(world, OPERATOR, { credentialId: mark.credentialId })
  await patient.follow()
  assert.notEqual((await patient.facts(print(one.presented)))?.credential.revokedAt, undefined)
  assert.equal((await patient.facts(print(two.presented)))?.credential.revokedAt, undefined)
})
