import assert from 'node:assert/strict'
import { test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { addClient, addUser, giveCode, pkce, signIn } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import { testServer } from '../kit/server.ts'

/* What people see of their own requests, in the portal and in the account. */

test("the portal shows one's own requests, refused and accepted, in sentences of the reader's language, and no name of others", async () => {
  await using server = await testServer()
  const { world } = server
  const [ada, bob] = [await addUser(world, 'ada'), await addUser(world, 'bob')]
  const key = { kind: 'api-key' as const, userId: ada.id, name: 'CI', scopes: ['read'] }
  const { secret, credential } = await issueKey(world, OPERATOR, key)
  const app = await addClient(world, { name: 'Diary', ownerId: ada.id })
  await giveCode(world, app.client, bob, pkce().challenge)
  const call = (path: string) => fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${secret}` } })
  assert.equal((await call('/v1/whoami')).status, 200)
  assert.equal((await call('/v1/users')).status, 403)
  await revokeCredential(world, OPERATOR, { credentialId: credential.id })
  assert.equal((await call('/v1/whoami')).status, 401)
  await world.recorder.flush()

  const who = person(server.url)
  await who.visit('/login')
  await signIn(who, 'ada')
  const lines = async (path: string) => {
    const { html } = await who.visit(path)
    const text = (line: string) =>
      line
        .replace(/<small>[\s\S]*/, '')
        .replace(/<[^>]+>/g, '')
        .trim()
    return [...html.matchAll(/<li class="entry">([\s\S]*?)<\/li>/g)].map(([, line = '']) => text(line))
  }
  assert.deepEqual(await lines('/developers/log'), [
    'Your API key “CI” was refused: it had been revoked revoked',
    'Your API key “CI” was refused at Claviger: needs users:read, has read insufficient_scope',
    'Your API key “CI” was accepted for the first time',
  ])
  assert.deepEqual(await lines('/developers/log?show=accepted'), ['Your API key “CI” was accepted for the first time'])
  assert.equal((await lines('/developers/log?show=refused')).length, 2)
  assert.match((await who.visit('/developers/log')).html, /In the last 24 hours: 1 accepted, 2 refused\./)
  assert.ok(
    (await lines(`/developers/log?app=${app.client.id}`)).includes('Another user allowed Diary to act for them'),
  )

  const german = await lines('/developers/log?lang=de')
  assert.equal(german[2], 'Ihr API-Schlüssel „CI“ wurde zum ersten Mal angenommen')
  const own = await lines('/account/activity?lang=de')
  assert.ok(own.includes('Der Betreiber an der Kommandozeile hat Ihren API-Schlüssel „CI“ widerrufen'), own.join('|'))
  assert.equal(
    [...german, ...own].some(line => line.includes('bob')),
    false,
  )
})
