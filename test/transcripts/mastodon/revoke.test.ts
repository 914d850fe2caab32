import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { addClient, pkce } from '../../kit/cast.ts'
import { mastodonClient, refused } from '../../kit/mastodon.ts'
import { testServer } from '../../kit/server.ts'

const server = await testServer()
after(() => server[Symbol.asyncDispose]())
const { call, register, newUser, codeFor, exchange, userToken, appToken, works } = mastodonClient(server)

const REDIRECT = 'http://localhost:8080'
const app = await register({ redirect_uris: REDIRECT })
const other = await register({ redirect_uris: REDIRECT })
await newUser('zork')
const proof = { client_id: app.client_id, client_secret: app.client_secret }

const revoke = (fields: Record<string, string>) => call('POST', '/oauth/revoke', { form: fields })
const NOT_YOURS = 'Forbidden: You are not authorized to revoke this token'

test('GT-08 a token given back is gone, and the answer is an empty object', async () => {
  const access = await userToken(app, 'zork')
  const answer = await revoke({ token: access, ...proof })
  assert.deepEqual([answer.status, answer.text], [200, '{}'])
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
  assert.equal(await works(access), false)
})

test('GT-09 with a wrong secret nothing is given back', async () => {
  const access = await userToken(app, 'zork')
  refused(await revoke({ token: access, ...proof, client_secret: 'wrong' }), 403, 'unauthorized_client', NOT_YOURS)
  assert.ok(await works(access))
})

test('GT-10 without a client_id nothing is given back, and the request is told what it lacks', async () => {
  const access = await userToken(app, 'zork')
  const { client_secret } = app
  refused(await revoke({ token: access, client_secret }), 400, 'invalid_request', 'Bad Request: client_id not set')
  refused(await revoke(proof), 400, 'invalid_request', 'Bad Request: token not set')
  assert.ok(await works(access))
})

test('DK-26 unknown tokens are given back gladly, others’ tokens and unproven clients not at all', async () => {
  const access = await appToken(app)
  assert.equal((await revoke({ token: 'unknown', ...proof })).status, 200)
  refused(await revoke({ token: access }), 403, 'unauthorized_client', NOT_YOURS)
  const others = { client_id: other.client_id, client_secret: other.client_secret }
  refused(await revoke({ token: access, ...others }), 403, 'unauthorized_client', NOT_YOURS)
  refused(
    await call('POST', `/oauth/revoke?${new URLSearchParams(proof)}`, { form: { token: access } }),
    403,
    'unauthorized_client',
  )
  assert.ok(await works(access))
})

test('MA-26 a public client gives back its token without a secret', async () => {
  const { client } = await addClient(server.world, { type: 'public', redirectUris: [REDIRECT], name: 'Phone' })
  const { verifier, challenge } = pkce()
  const phone = { ...app, client_id: client.id, client_secret: '', scopes: ['read'] }
  const code = await codeFor(phone, 'zork', { code_challenge: challenge, code_challenge_method: 'S256' })
  const issued = await exchange(phone, code, { code_verifier: verifier })
  const access = String(issued.body['access_token'])
  assert.ok(await works(access), issued.text)
  const answer = await revoke({ token: access, client_id: client.id })
  assert.deepEqual([answer.status, answer.text], [200, '{}'])
  assert.equal(await works(access), false)
})
