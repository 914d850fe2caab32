import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as openid from 'openid-client'
import { person as member } from '../kit/admin.ts'
import { addClient, addUser, signIn } from '../kit/cast.ts'
import { type Relying, relying, walk } from '../kit/openid.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* Standard claims of people (OpenID Connect Core section 5.1): set by staff and by themselves, read by applications. */

let server: TestServer
let by: Relying
before(async () => {
  server = await testServer()
  const scopes = ['openid', 'profile', 'email', 'phone', 'address']
  by = await relying(server, await addClient(server.world, { scopes }))
})
after(() => server.stop())

const told = async (handle: string): Promise<Record<string, unknown>> => {
  const { tokens } = await walk(by, { scope: 'openid profile email phone address' }, { handle })
  return openid.fetchUserInfo(by.config, tokens.access_token, openid.skipSubjectCheck)
}

test('staff set claims by API; applications read those that are set, and what was verified ends with what it was said of', async () => {
  const boss = await member(server, 'boss', 'admin')
  const address = { street_address: 'Ring 1', locality: 'Wien', country: 'AT' }
  const claims = {
    nickname: 'Al',
    website: 'https://al.example',
    phone_number: '+43 1 2345',
    phone_number_verified: true,
    email_verified: true,
    address,
  }
  const body = {
    handle: 'al',
    email: 'al@example.org',
    first_name: 'Al',
    last_name: 'Khwarizmi',
    claims,
    password: 'correct horse battery',
  }
  const made = await boss.ask('POST', '/v1/users', body)
  assert.equal(made.status, 201, made.text)
  const at = `/v1/users/${made.body['id']}`
  const info = await told('al')
  const { sub: _, updated_at, ...rest } = info
  assert.equal(typeof updated_at, 'number')
  assert.deepEqual(rest, {
    ...claims,
    name: 'Al Khwarizmi',
    given_name: 'Al',
    family_name: 'Khwarizmi',
    preferred_username: 'al',
    email: 'al@example.org',
  })
  assert.equal(
    (await boss.ask('PATCH', at, { email: 'other@example.org', claims: { phone_number: '+43 9', nickname: null } }))
      .status,
    200,
  )
  const next = await told('al')
  assert.partialDeepStrictEqual(next, {
    email: 'other@example.org',
    email_verified: false,
    phone_number_verified: false,
    address,
  })
  assert.equal('nickname' in next, false)

  for (const bad of [
    { email: 'x' },
    { sub: 'x' },
    { website: 'javascript:alert(1)' },
    { phone_number_verified: 'yes' },
    { address: { planet: 'Mars' } },
    { address: {} },
    { nickname: 'a\u202eb' },
    { nickname: 'x'.repeat(1001) },
  ]) {
    const answer = await boss.ask('PATCH', at, { claims: bad })
    assert.equal(answer.status, 400, JSON.stringify(bad))
  }
})

test('the command line sets claims, changes an address part by part, and names the claims there are', async () => {
  await addUser(server.world, 'carla')
  const run = (...words: string[]) =>
    command(['user', 'update', 'carla', ...words], { env: { CLAVIGER_DATA_DIR: server.dataDir } })
  assert.equal(
    (
      await run(
        '--claim',
        'zoneinfo=Europe/Berlin',
        '--claim',
        'address.locality=Bonn',
        '--claim',
        'address.country=DE',
      )
    ).code,
    0,
  )
  assert.equal((await run('--claim', 'address.locality=Berlin', '--claim', 'email_verified=true')).code, 0)
  const info = await told('carla')
  assert.partialDeepStrictEqual(info, { zoneinfo: 'Europe/Berlin', address: { locality: 'Berlin', country: 'DE' } })
  assert.equal('email_verified' in info, false, 'there is no address that could be verified')
  const wrong = await run('--claim', 'planet=Mars')
  assert.match(wrong.stderr, /names no claim: "planet".*address\.locality/)
  assert.match((await run('--claim', 'phone_number_verified=maybe')).stderr, /true or false/)
})

test('people say on their account page what is theirs to say; what staff verified is not', async () => {
  const bob = await addUser(server.world, 'bob', { email: 'bob@example.org' })
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who, 'bob')
  const page = await who.visit('/account')
  assert.match(page.html, /More about you/)
  const form = {
    handle: 'bob',
    email: 'bob@example.org',
    claim_phone_number: '+43 1',
    claim_address: 'Ring 1, Wien',
    claim_email_verified: 'true',
    claim_name: 'Bob B.',
  }
  const saved = await who.submit(form)
  assert.match(saved.url, /done=saved/, saved.html)
  const info = await told('bob')
  assert.partialDeepStrictEqual(info, {
    name: 'Bob B.',
    phone_number: '+43 1',
    address: { formatted: 'Ring 1, Wien' },
    email_verified: false,
  })
  await who.visit('/account')
  const refused = await who.submit({ ...form, claim_website: 'ftp://x' })
  assert.equal(refused.status, 400)
  assert.match(refused.html, /website/)
  assert.equal((await server.world.users.byId(bob.id))?.claims?.website, undefined)
})
