import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { addClient, addUser, askTokens, authorizeUrl, CALLBACK, pkce, signIn } from '../kit/cast.ts'
import { type Person, person } from '../kit/person.ts'
import { registered } from '../kit/registration.ts'
import { type TestServer, testServer } from '../kit/server.ts'

let server: TestServer

before(async () => {
  server = await testServer()
  await addUser(server.world)
  await addUser(server.world, 'bob')
})
after(() => server.stop())

async function signedIn(handle = 'alice'): Promise<Person> {
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who, handle)
  return who
}

test('consent is remembered for a client that can prove itself, for the same or fewer scopes only', async () => {
  const { client, secret } = await addClient(server.world)
  const who = await signedIn()
  const { challenge, verifier } = pkce()
  await who.visit(authorizeUrl(client.id, challenge, { scope: 'read' }))
  const first = await who.submit({ decision: 'allow' })
  // Consent that never became a token is not remembered.
  assert.equal((await who.visit(authorizeUrl(client.id, challenge, { scope: 'read' }))).status, 200)
  await fetch(`${server.url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: first.sentTo?.searchParams.get('code') ?? '',
      code_verifier: verifier,
      redirect_uri: CALLBACK,
      client_id: client.id,
      client_secret: secret as string,
    }),
  })
  for (const scope of ['read', 'read:accounts'])
    assert.ok((await who.visit(authorizeUrl(client.id, challenge, { scope }))).sentTo?.searchParams.has('code'), scope)
  assert.ok((await who.visit(authorizeUrl(client.id, challenge, { prompt: 'none' }))).sentTo?.searchParams.has('code'))
  const more = await who.visit(authorizeUrl(client.id, challenge, { scope: 'read write' }))
  assert.match(
    more.html,
    /now also asks for permission to[\s\S]*change everything[\s\S]*allowed it before to[\s\S]*read everything/,
  )
  assert.equal((await who.visit(authorizeUrl(client.id, challenge, { prompt: 'consent' }))).status, 200)
  const bob = await signedIn('bob')
  assert.equal((await bob.visit(authorizeUrl(client.id, challenge, { scope: 'read' }))).status, 200)
})

test('a public client is asked about every time, whatever was allowed before', async () => {
  const { client } = await addClient(server.world, { type: 'public' })
  // Not even where somebody managed to write the wish into its policy.
  const policy = { ...client.policy, consent: 'remember' } as const
  await server.world.clients.change(client.id, { policy }, { at: 1, event: 'changed', about: 'client', actor: 'x' })
  const who = await signedIn()
  const { challenge, verifier } = pkce()
  await who.visit(authorizeUrl(client.id, challenge))
  const { sentTo } = await who.submit({ decision: 'allow' })
  const answer = await fetch(`${server.url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: sentTo?.searchParams.get('code') ?? '',
      code_verifier: verifier,
      redirect_uri: CALLBACK,
      client_id: client.id,
    }),
  })
  assert.equal(answer.status, 200)
  assert.match((await who.visit(authorizeUrl(client.id, challenge))).html, /name="decision"/)
  const silent = await who.visit(authorizeUrl(client.id, challenge, { prompt: 'none' }))
  assert.equal(silent.sentTo?.searchParams.get('error'), 'consent_required')
})

test('a native application that registered itself is asked about every time although it has a secret, and one of the web is not', async () => {
  const metadata = { redirect_uris: [CALLBACK], grant_types: ['authorization_code'] }
  for (const [application_type, asked] of [
    ['native', true],
    ['web', false],
  ] as const) {
    const { client_id, client_secret } = await registered(server, { ...metadata, application_type })
    const who = await signedIn()
    const { challenge, verifier } = pkce()
    await who.visit(authorizeUrl(client_id, challenge))
    const { sentTo } = await who.submit({ decision: 'allow' })
    const { status } = await askTokens(
      server.url,
      { client: { id: client_id }, secret: client_secret } as RegisteredClient,
      {
        grant_type: 'authorization_code',
        code: sentTo?.searchParams.get('code') ?? '',
        code_verifier: verifier,
        redirect_uri: CALLBACK,
      },
    )
    assert.equal(status, 200)
    const again = await who.visit(authorizeUrl(client_id, challenge))
    assert.equal(/name="decision"/.test(again.html), asked, application_type)
  }
})
