import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addClient, addUser, authorizeUrl, CALLBACK, pkce, signIn } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import { testServer } from '../kit/server.ts'

test('a person signs in, allows, and the application gets a code, the state as it was, and the issuer', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const { client } = await addClient(server.world)
  const who = person(server.url)
  const state = 'ä/+&="\'<>%20 end'

  await who.visit(authorizeUrl(client.id, pkce().challenge, { state }))
  const consent = await signIn(who)
  assert.equal(consent.status, 200)
  assert.match(consent.html, /Travel Diary/)
  assert.match(consent.html, /alice/)
  assert.match(consent.html, /app\.example/)

  const { status, sentTo } = await who.submit({ decision: 'allow' })
  assert.equal(status, 303)
  assert.equal(sentTo?.href.startsWith(`${CALLBACK}?`), true)
  assert.match(sentTo?.searchParams.get('code') ?? '', /^clv_code_/)
  assert.equal(sentTo?.searchParams.get('state'), state)
  assert.equal(sentTo?.searchParams.get('iss'), server.url)
})
