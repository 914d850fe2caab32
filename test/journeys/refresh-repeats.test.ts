import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import type { User } from '../../src/model/users/user.ts'
import { addClient, addUser, giveCode, isActive, pkce, redeem, refresh, type TokenAnswer } from '../kit/cast.ts'
import { api } from '../kit/house.ts'
import { startPostgres } from '../kit/postgres.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/*
 * A refresh that is repeated within its window (RFC 9700 section 4.14.2): the stored answer belongs to what was asked. A
 * repeat for another scope or resource is judged anew, never beyond the grant (RFC 6749 section 6), and leads to the same
 * next refresh token.
 */

const { verifier, challenge } = pkce()
const [ONE, TWO, FAR] = ['https://one.example', 'https://two.example', 'https://far.example']
const postgres = await startPostgres()
after(() => postgres[Symbol.asyncDispose]())

const ENGINES: Record<string, () => Promise<Record<string, string>>> = {
  SQLite: async () => ({}),
  PostgreSQL: async () => ({ CLAVIGER_DATABASE_URL: await postgres.database() }),
}

for (const [engine, settings] of Object.entries(ENGINES))
  describe(engine, () => {
    let server: TestServer
    let app: RegisteredClient
    let alice: User
    let token: string | undefined

    before(async () => {
      server = await testServer(await settings())
      alice = await addUser(server.world)
      app = await addClient(server.world)
      for (const audience of [ONE, TWO, FAR]) await api(server, audience)
    })
    beforeEach(async () => {
      server.world.rules.refreshReplayMilliseconds = 60_000
      const code = await giveCode(server.world, app.client, alice, challenge, { resources: [ONE, TWO] })
      token = (await redeem(server.url, app, code, verifier)).refresh_token
    })
    after(() => server.stop())

    const again = (more: Record<string, string> = {}) => refresh(server.url, app, token, more)
    const active = ({ access_token }: TokenAnswer) => isActive(server.url, app, access_token)
    const audienceOf = async ({ access_token }: TokenAnswer) => {
      const opened = await server.world.statements.open(access_token ?? '')
      return opened.is === 'sealed' ? opened.statement.audience : undefined
    }

    test('the same request gets the same pair, however it is spelt', async () => {
      const first = await again({ scope: 'read write', resource: ONE })
      assert.deepEqual(await again({ scope: 'write read', resource: `${ONE}/` }), first)
      assert.deepEqual(await again({ resource: ONE }), first, 'no scope means all that was granted')
    })

    test('another scope gets an access token with that scope, and the same next refresh token', async () => {
      const first = await again({ scope: 'read' })
      const other = await again({ scope: 'write' })
      assert.deepEqual([first.scope, other.scope], ['read', 'write'])
      assert.notEqual(other.access_token, first.access_token)
      assert.equal(other.refresh_token, first.refresh_token)
      assert.deepEqual([await active(first), await active(other)], [true, true])
      assert.deepEqual(await again({ scope: 'read' }), first, 'the first goes on to have its answer')
    })

    test('another resource gets an access token for that one', async () => {
      const first = await again({ resource: ONE })
      const other = await again({ resource: TWO })
      assert.deepEqual([await audienceOf(first), await audienceOf(other)], [[ONE], [TWO]])
      assert.equal(other.refresh_token, first.refresh_token)
    })

    test('a repeat never widens: neither beyond the grant nor to an API that was not granted', async () => {
      const first = await again({ scope: 'read', resource: ONE })
      assert.equal((await again({ scope: 'read admin' })).error, 'invalid_scope')
      assert.equal((await again({ resource: FAR })).error, 'invalid_target')
      assert.deepEqual(await again({ scope: 'read', resource: ONE }), first)
      const next = await refresh(server.url, app, first.refresh_token)
      assert.equal(next.scope, 'read write', 'what was asked narrows the access token alone')
    })

    test('of many at once for two scopes each gets what it asked for, and the family has one successor', async () => {
      const scopes = Array.from({ length: 20 }, (_, i) => (i % 2 ? 'read' : 'write'))
      const answers = await Promise.all(scopes.map(scope => again({ scope })))
      assert.deepEqual(
        answers.map(({ status, scope }) => `${status} ${scope}`),
        scopes.map(scope => `200 ${scope}`),
      )
      const successors = new Set(answers.map(({ refresh_token }) => refresh_token))
      assert.equal(successors.size, 1)
      assert.equal((await refresh(server.url, app, [...successors][0])).status, 200)
      for (const answer of answers) assert.equal(await active(answer), true)
    })

    test('once the successor was used, a repeat for another scope is reuse, and all the family gave ends', async () => {
      const first = await again({ scope: 'read' })
      const other = await again({ scope: 'write' })
      const second = await refresh(server.url, app, first.refresh_token)
      assert.equal((await again({ scope: 'write' })).error, 'invalid_grant')
      for (const answer of [first, other, second]) assert.equal(await active(answer), false)
    })

    test('after the window, or where there is none, another scope is reuse like any other repeat', async () => {
      for (const window of [-1, 0]) {
        const code = await giveCode(server.world, app.client, alice, challenge)
        const { refresh_token } = await redeem(server.url, app, code, verifier)
        const first = await refresh(server.url, app, refresh_token, { scope: 'read' })
        server.world.rules.refreshReplayMilliseconds = window
        assert.equal((await refresh(server.url, app, refresh_token, { scope: 'write' })).error, 'invalid_grant')
        assert.equal(await active(first), false)
      }
    })

    test('what a repeat got ends with the grant', async () => {
      const [first, other] = [await again({ scope: 'read' }), await again({ scope: 'write' })]
      await fetch(`${server.url}/oauth2/revoke`, {
        method: 'POST',
        body: new URLSearchParams({
          client_id: app.client.id,
          client_secret: app.secret ?? '',
          token: first.refresh_token ?? '',
        }),
      })
      for (const answer of [first, other]) assert.equal(await active(answer), false)
      assert.equal((await again({ scope: 'write' })).error, 'invalid_grant')
    })
  })
