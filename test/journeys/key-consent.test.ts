import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { changeResource } from '../../src/core/resources/change-resource.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { person as staff } from '../kit/admin.ts'
import { addUser, isActive, refresh, signIn } from '../kit/cast.ts'
import { API, askAt, type KeyHouse, keyHouse, keyOf, present, tokensByKey } from '../kit/key-consent.ts'
import { person } from '../kit/person.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'

/* Keys behind OAuth: a key in the place of a sign-in, for an API that allows it. */

const EVERYTHING = 'tickets:read tickets:write openid profile offline_access users:read'

test('a key stands in the place of a sign-in: the question names it, and the application gets what the key may', async () => {
  await using server = await testServer()
  const house = await keyHouse(server)
  const { who, sight } = await askAt(server, house, { scope: EVERYTHING })
  assert.match(sight.html, /name="api_key"/)
  assert.match(sight.html, /Tickets also takes one of its keys/)
  const question = await present(who, sight, ` ${house.key.secret}\n`)
  assert.match(question.html, /Allow “Helper” to use your API key\?/)
  assert.match(question.html, /ci<\/strong>/)
  assert.match(question.html, /of ada/)
  assert.match(question.html, /works from every network/)
  assert.equal(
    [...who.cookies.keys()].some(name => name.includes('session')),
    false,
  )
})

test('a key signs nobody in: no OpenID and management scopes, no id token, no userinfo, no session, also where the key has all of it', async () => {
  await using server = await testServer()
  const house = await keyHouse(server)
  const boss = await addUser(server.world, 'boss', { role: 'admin' })
  const { secret } = await keyOf(server, boss, { kind: 'application-token', scopes: undefined as never })
  const all = { ...house, key: { ...house.key, secret } }
  const tokens = await tokensByKey(server, all, { scope: EVERYTHING })
  assert.equal(tokens.status, 200, JSON.stringify(tokens))
  assert.equal(tokens.scope, 'tickets:read tickets:write')
  assert.equal('id_token' in tokens, false)
  const bearer = { authorization: `Bearer ${tokens.access_token}` }
  assert.notEqual((await fetch(`${server.url}/oauth2/userinfo`, { headers: bearer })).status, 200)
  assert.notEqual((await fetch(`${server.url}/v1/users`, { headers: bearer })).status, 200)
  const fresh = await refresh(server.url, all.app, tokens.refresh_token)
  assert.equal(fresh.scope, 'tickets:read tickets:write')
  assert.equal('id_token' in fresh, false)
  assert.deepEqual(await sessionsOf(server), [])
})

const sessionsOf = async ({ world }: TestServer) =>
  (await world.credentials.list({ kinds: ['session'] }, { limit: 10 })).items

test('it is offered where staff switched it on, and the request names that API alone', async () => {
  await using server = await testServer()
  const house = await keyHouse(server, {}, { keyConsent: false })
  const offered = async (more: Record<string, string> = {}) =>
    /name="api_key"/.test((await askAt(server, house, more)).sight.html)
  assert.equal(await offered(), false)
  const { who, sight } = await askAt(server, house)
  const sent = await present(who, sight, house.key.secret)
  assert.equal(sent.status, 403)
  assert.match(sent.html, /does not take a key in the place of a sign-in/)
  await changeResource(server.world, OPERATOR, { audience: API, keyConsent: true })
  assert.equal(await offered(), true)
  assert.equal(await offered({ resource: '' }), false)
  await changeResource(server.world, OPERATOR, { audience: API, keyConsent: false })
  const late = await present(who, sight, house.key.secret)
  assert.equal(late.status, 403)
})

const REFUSED: Record<string, (server: TestServer, house: KeyHouse) => Promise<[key: string, says: RegExp]>> = {
  'an unknown key': async (_server, house) => [
    house.key.secret.replace(/.$/, one => (one === '0' ? '1' : '0')),
    /malformed/,
  ],
  'no key': async () => ['', /No credential/],
  'a key of another API': async (server, { owner }) => [
    (await keyOf(server, owner, { audience: ['https://other.example'] })).secret,
    /another resource server/,
  ],
  'a key that names no API, where it must': async (server, { key }) => {
    await changeResource(server.world, OPERATOR, { audience: API, strictAudience: true })
    return [key.secret, /takes only keys that name it/]
  },
  'a key of another network': async (server, { owner }) => [
    (await keyOf(server, owner, { networks: ['10.0.0.0/8'] })).secret,
    /not be used from this network/,
  ],
  'a revoked key': async (server, { owner }) => {
    const { secret, credential } = await keyOf(server, owner)
    await server.world.credentials.revoke(credential.id, {
      at: Date.now(),
      event: 'revoked',
      about: 'credential',
      actor: 'operator',
    })
    return [secret, /has been revoked/]
  },
  'a key of a disabled owner': async (server, { key, owner }) => {
    await changeUser(server.world, OPERATOR, { userId: owner.id, active: false })
    return [key.secret, /owner of the credential has been disabled/]
  },
  'a key that may do nothing of it': async (server, { owner }) => [
    (await keyOf(server, owner, { scopes: ['tickets:write'] })).secret,
    /may do nothing of what the application asks/,
  ],
  'an access token': async (server, house) => [
    (await tokensByKey(server, house)).access_token ?? '',
    /kind of credential is not accepted/,
  ],
}
for (const [what, make] of Object.entries(REFUSED))
  test(`${what} is refused on the page, and leads to no question`, async () => {
    await using server = await testServer()
    const house = await keyHouse(server)
    const { who, sight } = await askAt(server, house)
    const [key, says] = await make(server, house)
    const sent = await present(who, sight, key)
    assert.ok(sent.status >= 400 && sent.status < 500, `${sent.status}`)
    assert.match(sent.html, says)
    assert.match(sent.html, /name="api_key"/)
    assert.doesNotMatch(sent.html, /name="decision"/)
    if (key !== '') assert.equal(sent.html.includes(key), false)
  })

test('wrong keys are limited like passwords, for their network, and a right one gives its try back', async () => {
  await using server = await testServer({ CLAVIGER_LIMITS: 'on' })
  stopClockOfLimits(server)
  const house = await keyHouse(server)
  const { who, sight } = await askAt(server, house)
  for (let tries = 0; tries < 12; tries++) assert.equal((await present(who, sight, house.key.secret)).status, 200)
  const statuses: number[] = []
  for (let tries = 0; tries < 12; tries++) statuses.push((await present(who, sight, 'guess')).status)
  assert.deepEqual(statuses.slice(0, 10), Array(10).fill(401))
  assert.deepEqual(statuses.slice(10), [429, 429])
  assert.equal((await present(who, sight, house.key.secret)).status, 429)
})

test('what a key allowed is asked each time, and is no permission of its owner', async () => {
  await using server = await testServer()
  const house = await keyHouse(server)
  assert.equal((await tokensByKey(server, house)).status, 200)
  const again = await askAt(server, house)
  assert.match(again.sight.html, /name="api_key"/)
  // The owner signs in: nothing of it was allowed before.
  const question = await signIn(again.who, 'ada')
  assert.match(question.html, /name="decision"/)
  assert.doesNotMatch(question.html, /allowed it before/)
})

test('"another key" and a password take the place of the key that was presented', async () => {
  await using server = await testServer()
  const house = await keyHouse(server)
  const { who, sight } = await askAt(server, house)
  const question = await present(who, sight, house.key.secret)
  const link = /href="(\/login\?interaction=[^"]*switch=yes)"/
    .exec(question.html)?.[1]
    ?.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  await who.visit(link ?? '')
  const mine = await signIn(who, 'ada')
  assert.match(mine.html, /Signed in as <strong>ada/)
})

test('the answer belongs to the browser that presented the key, needs the token of its form, and is given once', async () => {
  await using server = await testServer()
  const house = await keyHouse(server)
  const { who, sight } = await askAt(server, house)
  const question = await present(who, sight, house.key.secret)
  const thief = (await askAt(server, house)).who
  assert.match((await thief.visit(question.url)).html, /interaction-elsewhere/)
  assert.equal((await who.visit(question.url)).status, 200)
  assert.equal((await who.submit({ decision: 'allow', csrf: 'x' })).status, 403)
  await who.visit(question.url)
  const first = await who.submit({ decision: 'allow' })
  assert.ok(first.sentTo?.searchParams.get('code'))
  const second = await who.visit(question.url)
  assert.notEqual(second.status, 200)
})

test('a no to the question is an answer to the application', async () => {
  await using server = await testServer()
  const house = await keyHouse(server)
  const { who, sight } = await askAt(server, house)
  await present(who, sight, house.key.secret)
  const { sentTo } = await who.submit({ decision: 'deny' })
  assert.equal(sentTo?.searchParams.get('error'), 'access_denied')
  assert.equal(await isActive(server.url, house.app, 'x'), false)
})

test('the key is neither stored nor logged: not in the database, its journal and the log, whatever becomes of it', async () => {
  const lines: string[] = []
  await using server = await testServer({}, lines)
  const house = await keyHouse(server)
  const { who, sight } = await askAt(server, house)
  // The key that was issued has left the process already; these were only presented.
  const wrong = ['clv_key_canaryCanaryCanaryCanaryCanaryCanaryCa', 'canary-7f3a91-words of a person', house.key.secret]
  for (const key of wrong) await present(who, sight, key)
  await who.submit({ decision: 'allow' })
  await server.world.recorder.flush()
  assert.ok(lines.some(line => line.includes('/login/key')))
  const written = [
    lines.join('\n'),
    ...['claviger.db', 'claviger.db-wal'].map(name => readFileSync(join(server.dataDir, name), 'latin1')),
  ]
  assert.match(written.join('\n'), /Helper/)
  for (const key of wrong) for (const text of written) assert.equal(text.includes(key), false, key.slice(0, 12))
})

test('journal, account, console and the ending of the key say what came of it, in the same words', async () => {
  await using server = await testServer()
  const house = await keyHouse(server)
  assert.equal((await tokensByKey(server, house)).status, 200)
  const id = house.key.credential.id
  const boss = await staff(server, 'boss', 'admin')
  const said = async (path: string) => (await boss.ask('GET', path)).body as Record<string, unknown>
  const [granted] = (await said(`/v1/journal?event=granted`))['items'] as { sentence: string }[]
  assert.match(granted?.sentence ?? '', /ada allowed Helper to act for them, with API key “ci”/)
  assert.equal(((await said(`/v1/journal?credential=${id}&event=granted`))['items'] as object[]).length, 1)
  const [grant] = (await said(`/v1/grants?owner=${house.owner.id}`))['items'] as { key: object }[]
  assert.deepEqual(grant?.key, { id, name: 'ci' })
  assert.equal((await said(`/v1/credentials/${id}/impact`))['applications'], 1)
  const ada = person(server.url)
  await ada.visit('/login')
  await signIn(ada, 'ada')
  assert.match((await ada.visit('/account/applications')).html, /with the key ci, and ends with it/)
  const german = (await ada.visit('/account/activity?lang=de')).html.replaceAll(/<[^>]*>/g, '')
  assert.match(german, /Helper mit dem API-Schlüssel „ci“ zugelassen/)
})
