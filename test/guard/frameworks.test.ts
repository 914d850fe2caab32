import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import type { AuthKind } from '../../src/guard/decide/auth.ts'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { eventually } from '../kit/eventually.ts'
import { api, issue, person } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { shells } from './shells.ts'

/* One suite, every kind of credential, every framework, in process and through the wire. */

const KINDS: Record<AuthKind, { options: GuardOptions; send: (secret: string) => Record<string, string> }> = {
  'access-token': { options: {}, send: bearer },
  'api-key': { options: {}, send: secret => ({ 'X-API-Key': secret }) },
  'application-token': { options: { profile: 'zocial' }, send: bearer },
  'user-token': { options: { profile: 'zebbra' }, send: bearer },
  'token-pair': { options: { profile: 'tokenapi' }, send: pair => ({ authorization: `Basic ${btoa(pair)}` }) },
}
function bearer(secret: string): Record<string, string> {
  return { authorization: `Bearer ${secret}` }
}

for (const [framework, shell] of Object.entries(shells)) {
  for (const mode of ['in process', 'through the wire'] as const) {
    suite(`${framework}, ${mode}`, () => {
      let server: TestServer
      let user: User
      let connection: GuardOptions
      before(async () => {
        server = await testServer()
        user = await person(server.world)
        connection = mode === 'in process' ? { server } : await api(server)
      })
      after(() => server[Symbol.asyncDispose]())

      for (const [kind, { options, send }] of Object.entries(KINDS) as [AuthKind, (typeof KINDS)[AuthKind]][]) {
        test(`a good ${kind} passes, the handler knows who asked, and a revoked one is refused`, async () => {
          const guarded = await shell({ ...connection, ...options, scopes: 'read' })
          try {
            const { presented, credentialId } = await issue(server.world, kind, user)
            const answer = await fetch(guarded.url, { headers: send(presented) })
            assert.equal(answer.status, 200, await answer.clone().text())
            assert.deepEqual(await answer.json(), { kind, handle: kind === 'access-token' ? null : 'ann' })

            await revokeCredential(server.world, OPERATOR, { credentialId })
            await eventually(async () => (await fetch(guarded.url, { headers: send(presented) })).status !== 200)
          } finally {
            await guarded.close()
          }
        })

        test(`a ${kind} without the scope is refused with 403`, async () => {
          const guarded = await shell({ ...connection, ...options, scopes: 'write' })
          try {
            const { presented } = await issue(server.world, kind, await person(server.world, `u-${kind}-${Date.now()}`))
            assert.equal((await fetch(guarded.url, { headers: send(presented) })).status, 403)
          } finally {
            await guarded.close()
          }
        })
      }

      test('nothing, an unknown credential and two at once are refused, each with its own challenge', async () => {
        const guarded = await shell({
          ...connection,
          scopes: 'read',
          resourceMetadata: 'https://api.example/.well-known/oauth-protected-resource',
        })
        try {
          const nothing = await fetch(guarded.url)
          assert.equal(nothing.status, 401)
          assert.equal(
            nothing.headers.get('www-authenticate'),
            'Bearer realm="api", scope="read", resource_metadata="https://api.example/.well-known/oauth-protected-resource"',
          )
          const unknown = await fetch(guarded.url, { headers: bearer('unknown') })
          assert.equal(unknown.status, 401)
          assert.match(unknown.headers.get('www-authenticate') ?? '', /error="invalid_token"/)
          assert.equal(((await unknown.json()) as { error: string }).error, 'invalid_token')

          const [mine, other] = [
            await issue(server.world, 'access-token', user),
            await issue(server.world, 'api-key', user),
          ]
          const two = await fetch(guarded.url, { headers: { ...bearer(mine.presented), 'x-api-key': other.presented } })
          assert.equal(two.status, 400)
          assert.equal(((await two.json()) as { error: string }).error, 'invalid_request')
        } finally {
          await guarded.close()
        }
      })
    })
  }
}
