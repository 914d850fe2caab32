import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addUser, signIn } from '../kit/cast.ts'
import { freePort } from '../kit/free-port.ts'
import { api, issue, person } from '../kit/house.ts'
import { person as visitor } from '../kit/person.ts'
import { rawRequest } from '../kit/raw-request.ts'
import { testServer } from '../kit/server.ts'
import { nginxAtPath, nginxAtServer } from './real-proxies.ts'

const skip = nginxAtServer.missing ?? false

test('nginx in front of the server: callers are known by their own address, and by no other', { skip }, async () => {
  await using server = await testServer({ CLAVIGER_TRUST_PROXY: '127.0.0.1/32', CLAVIGER_URL: 'https://auth.example' })
  const port = await freePort()
  const proxy = await nginxAtServer.open({ proxy: port, server: Number(new URL(server.url).port), api: 1 })
  const url = `http://127.0.0.1:${port}`
  try {
    const user = await person(server.world)
    const bound = async (network: string) => (await issue(server.world, 'api-key', user, ['read'], [network])).presented
    const [near, far] = [await bound('127.0.0.2'), await bound('192.0.2.0/24')]
    const ask = async (key: string, ...headers: [string, string][]) =>
      (await rawRequest(url, { path: '/v1/whoami', from: '127.0.0.2', headers: [['X-API-Key', key], ...headers] }))
        .status
    assert.equal(await ask(near), 200)
    assert.equal(await ask(far), 403)
    for (const header of ['X-Forwarded-For', 'X-Real-IP']) {
      assert.equal(await ask(near, [header, '192.0.2.7']), 200, header)
      assert.equal(await ask(far, [header, '192.0.2.7']), 403, header)
    }
    assert.equal(await ask(near, ['Forwarded', 'for=192.0.2.7']), 200)
    assert.equal(await ask(far, ['Forwarded', 'for=192.0.2.7']), 403)

    const metadata = await fetch(`${url}/.well-known/oauth-authorization-server`, {
      headers: { 'x-forwarded-host': 'evil.example' },
    })
    assert.equal(((await metadata.json()) as { issuer: string }).issuer, 'https://auth.example')
    assert.equal((await fetch(`${url}/forward-auth`, { headers: { 'x-api-key': near } })).status, 404)
    assert.equal((await fetch(`${url}/forward-auth/gates/orders`, { headers: { 'x-api-key': near } })).status, 404)
  } finally {
    await proxy.close()
  }
})

test('nginx in front of the server: the feed of revocations comes through as it is written', { skip }, async () => {
  await using server = await testServer({ CLAVIGER_TRUST_PROXY: '127.0.0.1/32' })
  const { clientId, clientSecret } = await api(server)
  const port = await freePort()
  const proxy = await nginxAtServer.open({ proxy: port, server: Number(new URL(server.url).port), api: 1 })
  const leaving = new AbortController()
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/feed`, {
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      signal: leaving.signal,
    })
    assert.equal(answer.status, 200)
    const first = await answer.body?.getReader().read()
    assert.match(new TextDecoder().decode(first?.value), /event: position/)
  } finally {
    leaving.abort()
    await proxy.close()
  }
})

test('nginx in front of a server below a path: its addresses and its metadata come through, and nothing else', {
  skip,
}, async () => {
  const [port, listening] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}/auth`
  await using server = await testServer({ CLAVIGER_URL: url, CLAVIGER_PORT: String(listening) })
  const proxy = await nginxAtPath.open({ proxy: port, server: listening, api: 1 })
  try {
    const issuers = [
      `http://127.0.0.1:${port}/.well-known/oauth-authorization-server/auth`,
      `${url}/.well-known/oauth-authorization-server`,
    ].map(async place => ((await (await fetch(place)).json()) as { issuer: string }).issuer)
    assert.deepEqual(await Promise.all(issuers), [url, url])
    await addUser(server.world)
    const who = visitor(url)
    await who.visit(`${url}/login`)
    assert.equal((await signIn(who)).url, `${url}/account`)
    for (const path of ['/', '/authx', '/login', '/auth/forward-auth', '/.well-known/jwks.json'])
      assert.equal((await fetch(`http://127.0.0.1:${port}${path}`)).status, 404, path)
  } finally {
    await proxy.close()
  }
})
