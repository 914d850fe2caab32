import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { changeClient } from '../../src/core/clients/change-client.ts'
import { deleteClient } from '../../src/core/clients/delete-client.ts'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { revokeAll } from '../../src/core/credentials/revoke-all.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { revokeGrant } from '../../src/core/oauth/revoke-grant.ts'
import { deleteResource } from '../../src/core/resources/delete-resource.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import { deleteUser } from '../../src/core/users/delete-user.ts'
import { setPassword } from '../../src/core/users/set-password.ts'
import { AuthError } from '../../src/guard/answer/auth-error.ts'
import { openGuard } from '../../src/guard/decide/guard.ts'
import { webCarrier } from '../../src/guard/request/carriers.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import type { Running } from '../../src/server/start.ts'
import { addClient, addUser, askTokens, giveCode, pkce, redeem, refresh } from '../kit/cast.ts'
import { credentialIdOf } from '../kit/credential-id.ts'
import { eventually } from '../kit/eventually.ts'
import { api } from '../kit/house.ts'
import { anotherServer, type TestServer, testServer } from '../kit/server.ts'

/*
 * Every way in which an access token without a row ends, opaque and as a JWT: it is refused by the process that ended it,
 * by another one over the same database, and by a guard that has remembered it.
 */

const OPAQUE = 'https://opaque.example'
const SIGNED = 'https://signed.example'
const { verifier, challenge } = pkce()
let one: TestServer
let two: Running
let count = 0

before(async () => {
  one = await testServer({ CLAVIGER_URL: 'https://auth.example' })
  two = await anotherServer(one, { CLAVIGER_URL: 'https://auth.example' })
})
after(async () => {
  await two.stop()
  await one.stop()
})

type Cast = {
  user: User
  app: RegisteredClient
  audience: string
  code: string
  /** Of the client itself, and of a grant; the latter with its refresh token. */
  own: string
  granted: string
  refreshToken: string
}
type Ending = { of: 'own' | 'granted' | 'both'; end: (cast: Cast) => Promise<unknown>; becomes?: string }

const giveBack = async ({ app }: Cast, token: string) => {
  const body = new URLSearchParams({ token, client_id: app.client.id, client_secret: app.secret ?? '' })
  assert.equal((await fetch(`${one.url}/oauth2/revoke`, { method: 'POST', body })).status, 200)
}
const grantIdOf = async (cast: Cast) => (await one.world.grants.ofUser(cast.user.id))[0]?.id ?? ''

const ENDINGS: Record<string, Ending> = {
  'given back by its client (RFC 7009)': {
    of: 'both',
    end: async cast => {
      await giveBack(cast, cast.own)
      await giveBack(cast, cast.granted)
    },
  },
  'ended by its id, which is all that staff know of it': {
    of: 'both',
    end: async ({ own, granted }) => {
      for (const token of [own, granted])
        await revokeCredential(one.world, OPERATOR, { credentialId: await credentialIdOf(one.world, token) })
    },
  },
  'all of the client revoked': {
    of: 'both',
    end: ({ app }) => revokeAll(one.world, OPERATOR, { of: 'client', id: app.client.id }),
  },
  'access tokens of the client revoked': {
    of: 'both',
    end: ({ app }) => revokeAll(one.world, OPERATOR, { of: 'client', id: app.client.id, kinds: ['access-token'] }),
  },
  'all of the user revoked': {
    of: 'granted',
    end: ({ user }) => revokeAll(one.world, OPERATOR, { of: 'user', id: user.id }),
  },
  'the grant withdrawn': {
    of: 'granted',
    end: async cast => revokeGrant(one.world, OPERATOR, { grantId: await grantIdOf(cast) }),
  },
  'the application disabled': {
    of: 'both',
    end: ({ app }) => changeClient(one.world, OPERATOR, { clientId: app.client.id, active: false }),
    becomes: 'client_disabled',
  },
  'the application narrowed': {
    of: 'both',
    end: ({ app }) => changeClient(one.world, OPERATOR, { clientId: app.client.id, scopes: ['write'] }),
    becomes: 'insufficient_scope',
  },
  'the application deleted': {
    of: 'both',
    end: ({ app }) => deleteClient(one.world, OPERATOR, { clientId: app.client.id }),
  },
  'the user disabled': {
    of: 'granted',
    end: ({ user }) => changeUser(one.world, OPERATOR, { userId: user.id, active: false }),
    becomes: 'owner_disabled',
  },
  'the user deleted': { of: 'granted', end: ({ user }) => deleteUser(one.world, OPERATOR, { userId: user.id }) },
  'a new password set': {
    of: 'granted',
    end: ({ user }) =>
      setPassword(one.world, OPERATOR, { userId: user.id, password: 'another horse, other battery', keys: 'keep' }),
  },
  'its code shown again': { of: 'granted', end: ({ app, code }) => redeem(one.url, app, code, verifier) },
  'its refresh token used again': {
    of: 'granted',
    end: async ({ app, refreshToken }) => {
      const next = await refresh(one.url, app, refreshToken)
      await refresh(one.url, app, next.refresh_token)
      await refresh(one.url, app, refreshToken)
    },
  },
  'its API withdrawn': {
    of: 'both',
    end: ({ audience }) => deleteResource(one.world, OPERATOR, { audience }),
    becomes: 'unavailable',
  },
}

for (const [how, { of, end, becomes = 'revoked' }] of Object.entries(ENDINGS))
  for (const tokenFormat of ['opaque', 'jwt'] as const)
    test(`${tokenFormat}: ${how}: no process and no guard accepts it any more`, async () => {
      const audience = `${tokenFormat === 'jwt' ? SIGNED : OPAQUE}/${++count}`
      const { clientId, clientSecret } = await api(one, audience, tokenFormat === 'jwt' ? { tokenFormat } : {})
      const cast = await castFor(audience)
      const remote = { url: two.url, clientId, clientSecret, audience, scopes: 'read' }
      const guards = [openGuard(remote), openGuard({ ...remote, jwt: 'offline' as const })]
      const verdicts = async (token: string) => [
        ...(await Promise.all([one, two].map(server => verdict(server, { clientId, clientSecret }, token)))),
        ...(await Promise.all(guards.map(guard => outcome(guard, token)))),
      ]
      try {
        const tokens = of === 'both' ? [cast.own, cast.granted] : [cast[of]]
        for (const token of tokens) {
          assert.equal(await one.world.credentials.findAny(one.world.vault.fingerprint(token)), undefined)
          for (let i = 0; i < 2; i++) assert.deepEqual(await verdicts(token), ['active', 'active', 'passed', 'passed'])
        }
        await end(cast)
        for (const token of tokens)
          await eventually(async () =>
            (await verdicts(token)).every(come => come === becomes || isSilent(come, becomes)),
          )
        const others = of === 'granted' && becomes !== 'unavailable' ? [cast.own] : []
        for (const token of others) assert.deepEqual(await verdicts(token), ['active', 'active', 'passed', 'passed'])
      } finally {
        for (const guard of guards) await guard.close()
      }
    })

/** An API that is gone may not ask any more. */
const isSilent = (come: string, becomes: string) => becomes === 'unavailable' && come === '401'

async function castFor(audience: string): Promise<Cast> {
  const user = await addUser(one.world, `user${count}`)
  const app = await addClient(one.world)
  one.world.rules.refreshReplayMilliseconds = 0
  const own = await askTokens(one.url, app, { grant_type: 'client_credentials', scope: 'read', resource: audience })
  const code = await giveCode(one.world, app.client, user, challenge, { resources: [audience], scopes: ['read'] })
  const tokens = await redeem(one.url, app, code, verifier)
  const [granted = '', refreshToken = ''] = [tokens.access_token, tokens.refresh_token]
  return { user, app, audience, code, own: own.access_token ?? '', granted, refreshToken }
}

async function verdict(server: Running, by: { clientId: string; clientSecret: string }, credential: string) {
  const answer = await fetch(`${server.url}/v1/verify`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${by.clientId}:${by.clientSecret}`)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ credential, scopes: ['read'] }),
  })
  if (answer.status !== 200) return String(answer.status)
  const { active, reason = '' } = (await answer.json()) as { active: boolean; reason?: string }
  return active ? 'active' : reason
}

async function outcome(guard: ReturnType<typeof openGuard>, secret: string): Promise<string> {
  try {
    await guard.check(webCarrier({ headers: new Headers({ authorization: `Bearer ${secret}` }), url: '/' }))
    return 'passed'
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

test('of the tokens that are being made while all of a client is revoked, only those of after it work', async () => {
  const app = await addClient(one.world)
  const form = { grant_type: 'client_credentials' }
  const ask = async (server: Running) => (await askTokens(server.url, app, form)).access_token ?? ''
  const earlier = await ask(one)
  const made: string[] = []
  let ended = false
  const makers = [one, two, one, two].map(async server => {
    while (!ended) made.push(await ask(server))
  })
  await revokeAll(one.world, OPERATOR, { of: 'client', id: app.client.id })
  ended = true
  await Promise.all(makers)
  const { epoch } = (await one.world.clients.byId(app.client.id)) ?? {}
  for (const server of [one, two]) {
    await server.world.lookups.follow()
    for (const token of [earlier, ...made]) {
      const opened = await server.world.statements.open(token)
      assert.ok(opened.is === 'sealed')
      const { status } = await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })
      assert.equal(status === 200, opened.statement.clientEpoch === epoch)
    }
  }
  const later = await ask(two)
  const { status } = await fetch(`${one.url}/v1/whoami`, { headers: { authorization: `Bearer ${later}` } })
  assert.equal(status, 200)
})

test('a token is ended once: a second time changes nothing, and only its own client may give it back', async () => {
  const [app, other] = [await addClient(one.world), await addClient(one.world)]
  const token = (await askTokens(one.url, app, { grant_type: 'client_credentials' })).access_token ?? ''
  const revoke = async ({ client, secret = '' }: RegisteredClient) => {
    const body = new URLSearchParams({ token, client_id: client.id, client_secret: secret })
    return (await fetch(`${one.url}/oauth2/revoke`, { method: 'POST', body })).status
  }
  const whoami = async () =>
    (await fetch(`${two.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })).status
  assert.notEqual(await revoke(other), 200)
  assert.equal(await whoami(), 200)
  for (let i = 0; i < 3; i++) assert.equal(await revoke(app), 200)
  await eventually(async () => (await whoami()) === 401)
  const credentialId = await credentialIdOf(one.world, token)
  const { items } = await one.world.journal.list({ credentialId, event: 'revoked' }, { limit: 5 })
  assert.equal(items.length, 1)
})
