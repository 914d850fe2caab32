import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import { fastify } from 'fastify'
import { openGuard } from '../../src/guard/decide/guard.ts'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import { guard as expressGuard } from '../../src/guard/express.ts'
import { guardPlugin } from '../../src/guard/fastify.ts'
import { connect } from '../../src/guard/remote/remote.ts'
import { testIssuer } from '../../src/guard/testing.ts'
import { api, issue, person } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'

/* JavaScript has no compiler to say that a setting is none: what is not understood must not be left out in silence. */

const server = testIssuer()
const remote = { url: 'http://127.0.0.1:9', clientId: 'a', clientSecret: 'b' }

const WRONG: [string, Record<string, unknown>, RegExp][] = [
  [
    'scope for scopes, which would let every credential in',
    { server, scope: 'read' },
    /no setting "scope"; did you mean "scopes"\?/,
  ],
  ['a name in another spelling', { ...remote, client_id: 'a' }, /did you mean "clientId"\?/],
  ['a setting nobody knows', { server, secure: true }, /no setting "secure"\./],
  ['a person who is "needed"', { server, user: 'needed' }, /"user" must be "required"/],
  ['true for required', { server, user: true }, /"user" must be "required"/],
  ['a credential that is "none"', { server, credential: 'none' }, /"credential" must be "required" or "optional"/],
  ['a kind that does not exist', { server, kinds: ['apikey'] }, /"kinds" must be a list of access-token/],
  ['a profile that does not exist', { server, profile: 'oauth2' }, /"profile" must be "oauth" or/],
  ['a server that is an address', { server: 'http://127.0.0.1:9' }, /"server" must be what createServer/],
  ['an address without http', { ...remote, url: 'id.example' }, /"url" must be an address/],
  [
    'an address with a user, which fetch refuses',
    { ...remote, url: 'https://a:b@id.example' },
    /"url" must be an address/,
  ],
  ['an address with a query', { ...remote, url: 'https://id.example/?a=b' }, /"url" must be an address/],
  ['an address with a fragment', { ...remote, url: 'https://id.example#a' }, /"url" must be an address/],
  ['a limit that is a text', { ...remote, feedLimitSeconds: '3' }, /"feedLimitSeconds" must be a number/],
  ['a limit that is no number', { ...remote, timeoutSeconds: Number.NaN }, /"timeoutSeconds" must be/],
  ['a fall-back that does not exist', { ...remote, onUnavailable: 'cache' }, /"onUnavailable" must be "refuse" or/],
  [
    'jwt: "off-line"',
    { ...remote, audience: 'https://a.example', jwt: 'off-line' },
    /"jwt" must be "ask" or "offline"/,
  ],
  ['scopes that are not texts', { server, scopes: [undefined] }, /"scopes" must be/],
]

for (const [what, options, problem] of WRONG)
  test(`a guard is not made of ${what}`, () => {
    assert.throws(() => openGuard(options as GuardOptions), problem)
  })

test('all that is wrong is said at once, and by every way to a guard', async () => {
  const wrong = { server, scope: 'read', user: 'needed' } as unknown as GuardOptions
  const both = /"scope".*"user"/
  assert.throws(() => openGuard(wrong), both)
  assert.throws(() => expressGuard(wrong), both)
  assert.throws(() => connect({ ...remote, url: 'nowhere' }), /"url" must be/)
  await assert.rejects(async () => fastify().register(guardPlugin, wrong), both)
})

test('a guard reaches its server by every spelling of its address', async () => {
  await using running = await testServer()
  const access = await api(running)
  const { presented } = await issue(running.world, 'api-key', await person(running.world))
  const { port } = new URL(running.url)
  for (const url of [`HTTP://127.0.0.1:${port}`, `${running.url}/`, `http://127.1:${port}//`]) {
    const checker = connect({ ...access, url })
    assert.equal((await checker.check({ presented: { secret: presented } })).active, true, url)
    await checker.close?.()
  }
})

test('what was not said is no mistake, nor what a shell or Fastify itself adds', async () => {
  openGuard({ server, realm: undefined, scopes: [] } as unknown as GuardOptions)
  express().use(expressGuard({ server, onRefusal: 'next' }))
  const app = fastify()
  await app.register(guardPlugin, { server, prefix: '/v1', logLevel: 'warn' })
  await app.close()
})
