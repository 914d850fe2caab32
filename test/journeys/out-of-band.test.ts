import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OUT_OF_BAND } from '../../src/model/clients/client.ts'
import { addClient, addUser, authorizeUrl, pkce, signIn } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import { testServer } from '../kit/server.ts'

test('an out-of-band code is shown on a page that nobody keeps, and a refusal leads nowhere either', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const { challenge } = pkce()
  const { client } = await addClient(server.world, {
    redirectUris: [OUT_OF_BAND],
    policy: { outOfBand: 'allowed', codeSeconds: 600 },
  })
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who)
  const url = authorizeUrl(client.id, challenge, { redirect_uri: OUT_OF_BAND })
  await who.visit(url)
  const sight = await who.submit({ decision: 'allow' })
  assert.equal(sight.status, 200)
  assert.equal(sight.headers.get('cache-control'), 'no-store')
  assert.match(sight.html, /clv_code_[0-9A-Za-z]{38}/)
  assert.match(sight.html, /10 minutes/)
  assert.equal(/https?:\/\//.test(sight.html.replaceAll(server.url, '')), false, 'nothing from elsewhere')

  await who.visit(url)
  const denied = await who.submit({ decision: 'deny' })
  assert.equal(denied.status, 200)
  assert.match(denied.html, /did not get access/)
  assert.equal((await who.visit(`${url}&prompt=none`)).status, 400)
})
