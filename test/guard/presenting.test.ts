import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { makeCredential } from '../../src/core/credentials/issue/make-credential.ts'
import { openSession } from '../../src/core/sign-in/sessions/open-session.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { asUser } from '../kit/acts.ts'
import { CODE_DATA } from '../kit/cast.ts'
import type { Issued } from '../kit/house.ts'
import { issue, person } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { type Api, shells } from './shells.ts'

/* SECURITY C 88 to 94, 105, 109, 115 and G 178 to 182: how a credential is sent, to the server and to a guard. */

let server: TestServer
let api: Api
let user: User
let token: Issued
let key: Issued
before(async () => {
  server = await testServer()
  api = await (shells['node'] as (typeof shells)[string])({ server })
  user = await person(server.world)
  token = await issue(server.world, 'access-token', user)
  key = await issue(server.world, 'api-key', user)
})
after(async () => {
  await api.close()
  await server[Symbol.asyncDispose]()
})

/** Both ends of one rule: the server's own check, and a guard's. */
async function statuses(headers: Record<string, string> | [string, string][], query = ''): Promise<number[]> {
  const whoami = await fetch(`${server.url}/v1/whoami${query}`, { headers })
  const guarded = await fetch(`${api.url}${query}`, { headers })
  return [whoami.status, guarded.status]
}
/** Bytes as they are, for what fetch would never send. */
async function raw(url: string, lines: string[]): Promise<number> {
  const { hostname, port, pathname } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  socket.end([`GET ${pathname} HTTP/1.1`, 'Host: x', 'Connection: close', ...lines, '', ''].join('\r\n'))
  let text = ''
  for await (const chunk of socket) text += chunk
  return Number(text.split(' ')[1])
}
const rawStatuses = async (...lines: string[]) => [
  await raw(`${server.url}/v1/whoami`, lines),
  await raw(api.url, lines),
]

test('the scheme is read in any letter case and with any number of spaces', async () => {
  for (const scheme of ['Bearer', 'bearer', 'BEARER', 'bEaReR'])
    assert.deepEqual(await rawStatuses(`Authorization: ${scheme}   ${token.presented}`), [200, 200], scheme)
})

test('tabs, commas, quotes, a missing space and no token at all are refused, never guessed', async () => {
  const t = token.presented
  for (const value of [
    `Bearer\t${t}`,
    `Bearer ${t},`,
    `Bearer "${t}"`,
    `Bearer ${t} ${t}`,
    'Bearer',
    'Bearer ',
    `Bearer=${t}`,
  ])
    for (const status of await rawStatuses(`Authorization: ${value}`))
      assert.ok(status === 400 || status === 401, value)
})

test('two Authorization headers are refused, the same one twice, too', async () => {
  const [good, bad] = [`Authorization: Bearer ${token.presented}`, 'Authorization: Bearer other']
  assert.deepEqual(await rawStatuses(good, bad), [400, 400])
  assert.deepEqual(await rawStatuses(bad, good), [400, 400])
  assert.deepEqual(await rawStatuses(good, good), [400, 400])
  assert.deepEqual(await rawStatuses(good, 'authorization: Basic eDp5'), [400, 400])
})

test('two X-API-Key headers are refused; one is read in any letter case and without the blanks around it', async () => {
  assert.deepEqual(await rawStatuses(`X-API-Key: ${key.presented}`, 'X-API-Key: other'), [400, 400])
  for (const name of ['X-API-Key', 'x-api-key', 'X-Api-KEY'])
    assert.deepEqual(await rawStatuses(`${name}:   ${key.presented}  `), [200, 200])
})

test('a key and a token of different principals are refused; of the same one, Authorization decides', async () => {
  const both = (bearer: string, other: string) => ({ authorization: `Bearer ${bearer}`, 'x-api-key': other })
  assert.deepEqual(await statuses(both(token.presented, key.presented)), [400, 400])
  assert.deepEqual(await statuses(both(token.presented, 'unknown')), [400, 400])
  const mine = await issue(server.world, 'application-token', user)
  assert.deepEqual(await statuses(both(mine.presented, key.presented)), [200, 200])
  const answer = await fetch(api.url, { headers: both(mine.presented, key.presented) })
  assert.equal(((await answer.json()) as { kind: string }).kind, 'application-token')
})

test('a token in the address is not read where nobody switched that on', async () => {
  assert.equal((await fetch(`${api.url}?access_token=${token.presented}`)).status, 401)
  assert.equal((await fetch(`${api.url}?api_key=${key.presented}`)).status, 401)
})

test('the place for API keys takes API keys and nothing else', async () => {
  assert.deepEqual(await statuses({ 'x-api-key': token.presented }), [403, 403])
  const answer = await fetch(`${server.url}/v1/whoami?api_key=${token.presented}`)
  assert.equal(answer.status, 403)
})

test('headers of 16 to 64 kB are turned away without harm', async () => {
  for (const size of [5_000, 15_000, 16_500, 64_000])
    for (const status of await rawStatuses(`Authorization: Bearer ${'a'.repeat(size)}`))
      assert.ok(status === 401 || status === 431, `${size}: ${status}`)
  assert.deepEqual(await statuses({ authorization: `Bearer ${token.presented}` }), [200, 200])
})

test('a token cut short, made longer, in other letters or with something behind it is another token', async () => {
  const t = token.presented
  const flipped = t.slice(0, -1) + (t.endsWith('0') ? '1' : '0')
  for (const wrong of [t.slice(0, -1), `${t}0`, t.toUpperCase(), t.toLowerCase(), flipped, `${t}%00`, `${t}=`])
    for (const status of await statuses({ authorization: `Bearer ${wrong}` }))
      assert.ok(status === 401 || status === 400, wrong)
  for (const status of await rawStatuses(`Authorization: Bearer ${t}\0`)) assert.equal(status, 400)
})

test('what is no bearer credential opens nothing: refresh tokens, codes and sessions', async () => {
  const session = await openSession(server.world, asUser(user), { methods: ['pwd'] })
  const { world } = server
  const fields = { userId: user.id, scopes: ['read'] }
  const made = [
    makeCredential(world, 'refresh-token', fields),
    makeCredential(world, 'authorization-code', {
      ...fields,
      data: CODE_DATA,
    }),
    makeCredential(world, 'pending-sign-in', { ...fields, data: { browser: 'mark' } }),
    makeCredential(world, 'setup-link', { ...fields, data: { opensFor: 'first' } }),
  ]
  const entry = { at: Date.now(), event: 'issued' as const, about: 'credential', actor: 'operator' }
  await server.world.credentials.issue(
    made.map(one => one.credential),
    entry,
  )
  for (const { secret } of [session, ...made])
    assert.deepEqual(await statuses({ authorization: `Bearer ${secret}` }), [401, 401], secret.slice(0, 8))
})

test('scopes are exact words with one hierarchy: a part never gives the whole, and letters never count', async () => {
  const cases: [string[], string, number][] = [
    [['read'], 'read:accounts', 200],
    [['read:accounts'], 'read', 403],
    [['read'], 'readonly', 403],
    [['readonly'], 'read', 403],
    [['read'], 'READ', 403],
    [['write', 'read'], 'read write', 200],
    [['read'], 'read write', 403],
  ]
  for (const [held, scopes, status] of cases) {
    const guarded = await (shells['node'] as (typeof shells)[string])({ server, scopes })
    const { presented } = await issue(server.world, 'api-key', user, held)
    assert.equal(
      (await fetch(guarded.url, { headers: { 'x-api-key': presented } })).status,
      status,
      `${held} ${scopes}`,
    )
    await guarded.close()
  }
})

test('a key never carries more than its owner may do now, and dies with the owner', async () => {
  const owner = await person(server.world, 'owen', ['read', 'write'])
  const { presented } = await issue(server.world, 'api-key', owner, ['read', 'write'])
  const held = async () => {
    const answer = await fetch(`${server.url}/v1/whoami`, { headers: { 'x-api-key': presented } })
    return { status: answer.status, scopes: ((await answer.json()) as { scopes?: string[] }).scopes }
  }
  assert.deepEqual(await held(), { status: 200, scopes: ['read', 'write'] })
  await changeUser(server.world, OPERATOR, { userId: owner.id, scopes: ['read'] })
  assert.deepEqual(await held(), { status: 200, scopes: ['read'] })
  await changeUser(server.world, OPERATOR, { userId: owner.id, active: false })
  assert.deepEqual(await held(), { status: 403, scopes: undefined })
})
