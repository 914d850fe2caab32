import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { addClient, addUser, CALLBACK, signIn } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import { testServer } from '../kit/server.ts'

/* An OpenID Connect client of another language: Authlib for Python, the package python3-authlib of Debian. */

const installed = spawnSync('python3', ['-c', 'import requests, authlib.integrations.requests_client']).status === 0
const skip = !installed && 'python3 has no authlib and requests (Debian: python3-authlib, python3-requests)'

test('Authlib: discovery, sign-in, id token with nonce and at_hash, userinfo, refresh with an id token', {
  skip,
}, async () => {
  await using server = await testServer()
  const alice = await addUser(server.world, 'alice', { email: 'alice@example.org' })
  const { client, secret = '' } = await addClient(server.world, { scopes: ['openid', 'email', 'offline_access'] })
  const program = spawn('python3', [join(import.meta.dirname, 'openid_client.py')], {
    env: { ...process.env, ISSUER: server.url, CLIENT_ID: client.id, CLIENT_SECRET: secret, CALLBACK },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  try {
    const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]()
    const next = async () => JSON.parse((await lines.next()).value ?? '{}') as Record<string, Record<string, unknown>>
    const who = person(server.url)
    await who.visit(String((await next())['address']))
    await signIn(who)
    const { sentTo } = await who.submit({ decision: 'allow' })
    program.stdin.end(`${sentTo?.href}\n`)
    const { claims, info, renewed } = await next()
    assert.equal(claims?.['sub'], alice.id)
    assert.deepEqual(info, { sub: alice.id, email: 'alice@example.org', email_verified: false })
    for (const name of ['iss', 'sub', 'aud', 'auth_time', 'sid']) assert.equal(renewed?.[name], claims?.[name], name)
  } finally {
    program.kill()
  }
})
