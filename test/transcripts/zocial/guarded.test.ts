import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, suite, test } from 'node:test'
import express from 'express'
import { issueKey } from '../../../src/core/credentials/issue/issue-key.ts'
import { revokeCredential } from '../../../src/core/credentials/revoke-credential.ts'
import { changeUser } from '../../../src/core/users/change-user.ts'
import type { GuardOptions } from '../../../src/guard/decide/options.ts'
import { guard } from '../../../src/guard/express.ts'
import { DAY } from '../../../src/model/span.ts'
import { OPERATOR } from '../../../src/model/users/actor.ts'
import type { User } from '../../../src/model/users/user.ts'
import { eventually } from '../../kit/eventually.ts'
import { api, person } from '../../kit/house.ts'
import { type TestServer, testServer } from '../../kit/server.ts'
import { command } from '../../kit/warm-command.ts'

/* Zocial has no endpoints of its own: its behaviours are those of a guarded API, in process and through the wire. */

const CAMPAIGNS = { campaigns: [{ id: 1, name: 'Spring' }] }
const MISSING = { error: 'missing_token', error_description: 'Authorization header missing or invalid' }
const INVALID = { error: 'invalid_token', error_description: 'Invalid or expired token' }
const LACKING = { error: 'insufficient_permissions', error_description: 'Token does not have required permissions' }
const FORM = 'application/x-www-form-urlencoded'

for (const mode of ['in process', 'through the wire'] as const) {
  suite(`an API guarded with the profile zocial, ${mode}`, () => {
    let server: TestServer
    let close: () => Promise<void>
    let url: string
    before(async () => {
      server = await testServer()
      const connection: GuardOptions =
        mode === 'in process'
          ? { server }
          : await api(server, 'https://api.example', { scopes: ['campaigns:read', 'campaigns:write'] })
      const protect = guard({ ...connection, profile: 'zocial', scopes: 'campaigns:read', realm: 'zocial' })
      const app = express()
      app.all('/api/campaigns/', protect, (_request, response) => void response.json(CAMPAIGNS))
      const listener = app.listen(0, '127.0.0.1')
      await once(listener, 'listening')
      url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/api/campaigns/`
      close = async () => {
        await protect.close()
        listener.closeAllConnections()
        await new Promise(resolve => listener.close(resolve))
      }
    })
    after(async () => {
      await close()
      await server[Symbol.asyncDispose]()
    })

    const tokenFor = async (user: User, scopes?: string[]) => {
      const ask = { kind: 'application-token' as const, userId: user.id, name: 'Partner' }
      return issueKey(server.world, OPERATOR, { ...ask, ...(scopes && { scopes }) })
    }
    let count = 0
    const partner = (scopes: string[] = ['campaigns']) =>
      person(server.world, `partner${++count}-${Date.now()}`, scopes)
    const get = async (authorization?: string) => {
      const headers: Record<string, string> = { 'content-type': FORM }
      if (authorization !== undefined) headers['authorization'] = authorization
      const answer = await fetch(url, { headers })
      return { status: answer.status, challenge: answer.headers.get('www-authenticate'), text: await answer.text() }
    }
    const refused = (status: number, body: object, challenge: string) => ({
      status,
      challenge,
      text: JSON.stringify(body),
    })
    const invalid = refused(401, INVALID, 'Bearer realm="zocial", error="invalid_token"')
    const missing = refused(401, MISSING, 'Bearer realm="zocial"')

    test('ZO-01 GET with a form type, no body, and the slash at the end or not, brings the resource', async () => {
      const { secret } = await tokenFor(await partner())
      const headers = { authorization: `Bearer ${secret}`, 'content-type': FORM }
      for (const address of [url, url.slice(0, -1)]) {
        const answer = await fetch(address, { headers })
        assert.deepEqual([answer.status, await answer.json()], [200, CAMPAIGNS])
      }
      const counted = await bare({ ...headers, 'content-length': '0' })
      assert.equal(counted, 200)
    })

    /** As curl sends it; fetch never gives a GET a length. */
    const bare = (headers: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        const asking = request(url, { headers }, answer => {
          answer.resume()
          resolve(answer.statusCode ?? 0)
        })
        asking.on('error', reject).end()
      })

    test('ZO-02 without a header the token is missing', async () => {
      assert.deepEqual(await get(), missing)
    })

    test('ZO-03 another scheme, and Bearer without a value, are missing tokens', async () => {
      for (const header of ['Token x', 'Basic eDp5', 'Bearer', 'Bearer ', 'nonsense'])
        assert.deepEqual(await get(header), missing, header)
    })

    test('ZO-04 a token nobody issued is invalid, whatever it looks like', async () => {
      const jwt = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoxfQ.AAAA'
      for (const token of ['random', jwt]) assert.deepEqual(await get(`Bearer ${token}`), invalid)
    })

    test('ZO-05 a revoked token is invalid with the next request', async () => {
      const { secret, credential } = await tokenFor(await partner())
      assert.equal((await get(`Bearer ${secret}`)).status, 200)
      await revokeCredential(server.world, OPERATOR, { credentialId: credential.id })
      // A far guard learns it from the feed.
      if (mode === 'through the wire') await eventually(async () => (await get(`Bearer ${secret}`)).status !== 200)
      assert.deepEqual(await get(`Bearer ${secret}`), invalid)
    })

    test('ZO-06 an owner without the permission is told so, the code of the standard in the header, their own in the body', async () => {
      const { secret } = await tokenFor(await partner(['campaigns:write']))
      const challenge = 'Bearer realm="zocial", error="insufficient_scope", scope="campaigns:read"'
      assert.deepEqual(await get(`Bearer ${secret}`), refused(403, LACKING, challenge))
    })

    test('ZO-08 a token still works after an arbitrarily long time', async () => {
      const { secret, credential } = await tokenFor(await partner())
      assert.equal(credential.expiresAt, undefined)
      const present = server.world.now
      server.world.now = () => present() + 50 * 365 * DAY
      try {
        assert.equal((await get(`Bearer ${secret}`)).status, 200)
      } finally {
        server.world.now = present
      }
    })

    test('ZO-09 the token of a deactivated owner fails and is not deleted', async () => {
      const user = await partner()
      const { secret, credential } = await tokenFor(user)
      await changeUser(server.world, OPERATOR, { userId: user.id, active: false })
      await eventually(async () => (await get(`Bearer ${secret}`)).status !== 200)
      assert.deepEqual(await get(`Bearer ${secret}`), invalid)
      assert.equal((await server.world.credentials.byId(credential.id))?.revokedAt, undefined)
      await changeUser(server.world, OPERATOR, { userId: user.id, active: true })
      await eventually(async () => (await get(`Bearer ${secret}`)).status === 200)
    })

    test('a string that another system issued goes on working where it was registered', async () => {
      const legacy = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjo3fQ.c2lnbmF0dXJlLW9mLXRoZS1vbGQtc2l0ZQ'
      const { id: userId } = await partner()
      const ask = {
        kind: 'application-token' as const,
        userId,
        name: 'Old',
        secret: `${legacy}${mode.length}`,
      }
      await issueKey(server.world, OPERATOR, ask)
      assert.equal((await get(`Bearer ${ask.secret}`)).status, 200)
    })
  })
}

test('ZO-07 the token is shown once: no list and no view shows it again', async () => {
  await using server = await testServer()
  const env = { CLAVIGER_DATA_DIR: server.dataDir }
  await command(['user', 'create', '--handle', 'partner'], { env })
  const made = await command(['token', 'create', '--user', 'partner', '--name', 'Partner', '--json'], { env })
  const secret = String(made.json['token'])
  assert.match(secret, /^clv_app_[0-9A-Za-z]{38}$/)
  for (const words of [['list'], ['get', String(made.json['id'])]]) {
    const shown = await command(['token', ...words, '--json'], { env })
    assert.equal(shown.code, 0)
    assert.equal(shown.stdout.includes(secret), false)
  }
})
