import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { checkSetUp } from '../../src/core/sign-in/check-set-up.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { HELD, loadFixture } from '../../src/store/contract/fixture.ts'
import { setClock } from '../../src/store/contract/samples.ts'
import type { Engine } from '../../src/store/engine.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { CALLBACK, isActive } from '../kit/cast.ts'
import { startPostgres } from '../kit/postgres.ts'
import { testServer } from '../kit/server.ts'
import { codeOf } from '../kit/zebbra.ts'

/* A database in use, written by an earlier version, and what people and programs hold of it. */

const postgres = await startPostgres()
after(() => postgres[Symbol.asyncDispose]())
const folder = await mkdtemp(join(tmpdir(), 'claviger-upgrade-'))
after(() => rm(folder, { recursive: true, force: true }))

const ENGINES: Record<string, () => Promise<{ engine: Engine; url: string }>> = {
  async SQLite() {
    const path = join(folder, 'old.db')
    return { engine: await openSqlite(path), url: `sqlite:${path}` }
  },
  async PostgreSQL() {
    const url = await postgres.database()
    return { engine: await openPostgres(url), url }
  },
}

for (const [name, open] of Object.entries(ENGINES))
  test(`what was under way under an earlier version goes on after the upgrade (${name})`, async t => {
    const { engine, url } = await open()
    await loadFixture(engine, '0010-attempts')
    await engine.close()
    await using server = await testServer({
      CLAVIGER_DATABASE_URL: url,
      CLAVIGER_MASTER_KEY: HELD.masterKey,
      CLAVIGER_URL: 'http://127.0.0.1:8420',
    })
    const { world } = server
    world.now = () => HELD.at + 2000
    setClock(HELD.at + 2000, server.installation)
    const app = { client: { id: HELD.clientId }, secret: HELD.clientSecret }
    const active = (token: string) => isActive(server.url, app as never, token)
    const tokens = async (fields: Record<string, string>) => {
      const answer = await fetch(`${server.url}/oauth2/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${HELD.clientId}:${HELD.clientSecret}`).toString('base64')}` },
        body: new URLSearchParams(fields),
      })
      return { status: answer.status, body: (await answer.json()) as Record<string, string> }
    }
    const whoami = async (credential: string, scheme = 'Bearer') => {
      const authorization = `${scheme} ${scheme === 'Basic' ? Buffer.from(credential).toString('base64') : credential}`
      return (await fetch(`${server.url}/v1/whoami`, { headers: { authorization } })).status
    }

    await t.test('a code in flight is redeemed', async () => {
      const answer = await tokens({
        grant_type: 'authorization_code',
        code: HELD.code,
        code_verifier: HELD.verifier,
        redirect_uri: CALLBACK,
      })
      assert.equal(answer.status, 200, JSON.stringify(answer))
      assert.equal(await active(answer.body['access_token'] ?? ''), true)
    })
    await t.test('a refresh inside its window gets the stored answer', async () => {
      const answer = await tokens({ grant_type: 'refresh_token', refresh_token: HELD.spentRefresh })
      assert.deepEqual(
        [answer.body['access_token'], answer.body['refresh_token']],
        [HELD.refreshedAccess, HELD.refreshedRefresh],
      )
    })
    await t.test('every kind that opens an API still does', async () => {
      for (const token of [HELD.refreshedAccess, HELD.jwt, HELD['application-token'], HELD.userToken])
        assert.equal(await whoami(token), 200, token)
      assert.equal(await whoami(HELD['token-pair'], 'Basic'), 200)
      assert.equal(await active(HELD.jwt), true)
    })
    await t.test('a key is bound to the networks it was bound to', async () => {
      assert.equal(await whoami(HELD['api-key']), 403)
      const key = await world.credentials.findAny(world.vault.fingerprint(HELD['api-key']))
      assert.ok(key?.kind === 'api-key')
      assert.deepEqual(key.data.networks, ['10.0.0.0/8'])
    })
    await t.test('half a sign-in is finished with the one-time code in the browser that began it', async () => {
      // The page that the earlier version showed had this in its form.
      const csrfOf = (cookie: string) => world.vault.mac('csrf', `browser ${cookie.slice('claviger-browser='.length)}`)
      const at = (cookie: string) =>
        fetch(`${server.url}/login/code`, {
          method: 'POST',
          redirect: 'manual',
          headers: { cookie, origin: 'http://127.0.0.1:8420' },
          body: new URLSearchParams({
            csrf: csrfOf(cookie),
            pending: HELD.pending,
            code: codeOf(HELD.otpSecret, { now: HELD.at + 2000 }),
          }),
        })
      assert.equal((await at(`claviger-browser=${'x'.repeat(32)}`)).status, 400)
      const answer = await at(HELD.halfCookie)
      assert.equal(answer.status, 303, await answer.text())
      assert.match(answer.headers.get('set-cookie') ?? '', /claviger-session=clv_ses_/)
    })
    await t.test('passwords and one-time codes have become rows, and open what they opened', async () => {
      const columns = await server.installation.engine.db.selectFrom('users').selectAll().execute()
      for (const { id, password, otp_secret } of columns) {
        const rows = await world.authenticators.ofUser(id)
        const dataOf = (name: string) => rows.filter(({ method }) => method === name).map(({ data }) => data)
        assert.deepEqual(dataOf('password'), [password])
        assert.deepEqual(dataOf('one-time-code'), otp_secret === null ? [] : [otp_secret])
      }
      const stored = await server.installation.engine.db.selectFrom('authenticators').select('user_id').execute()
      assert.equal(stored.length, columns.length + 1, 'the one with a one-time code has two')
      const signIn = async (otp: string) => {
        const body = new URLSearchParams({ username: HELD.handle, password: HELD.password, otp })
        return (await fetch(`${server.url}/token`, { method: 'POST', body })).status
      }
      const later = codeOf(HELD.otpSecret, { now: HELD.at + 2000, later: 1 })
      assert.equal(await signIn(codeOf(HELD.otpSecret, { now: HELD.at + 2000 })), 401, 'used for the half sign-in')
      assert.equal(await signIn(later), 200)
      assert.equal(await signIn(later), 401, 'used just now')
    })
    await t.test('a signed-in browser stays signed in, and its session says when and how', async () => {
      const page = await fetch(`${server.url}/account`, { headers: { cookie: HELD.sessionCookie }, redirect: 'manual' })
      assert.equal(page.status, 200)
      const { items } = await world.credentials.list({ kinds: ['session'] }, { limit: 10 })
      const old = items.find(({ createdAt }) => createdAt === HELD.at)
      assert.ok(old?.kind === 'session')
      assert.deepEqual(old.data.authentication, { at: HELD.at, methods: ['pwd'] })
    })
    await t.test('invitations and set-up links open what they opened', async () => {
      const invitation = await world.credentials.find('invitation', world.vault.fingerprint(HELD.invitation))
      assert.match(invitation?.data.workspaceId ?? '', /^[0-9a-f]{24}$/)
      assert.equal((await checkSetUp(world, OPERATOR, { secret: HELD.setUp })).data.opensFor, 'another')
    })
  })
