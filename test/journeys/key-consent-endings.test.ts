import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { changeCredential } from '../../src/core/credentials/change-credential.ts'
import { revokeAll } from '../../src/core/credentials/revoke-all.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { rotateKey } from '../../src/core/credentials/rotate-key.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import { deleteUser } from '../../src/core/users/delete-user.ts'
import { guard } from '../../src/guard/fetch.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { Running } from '../../src/server/start.ts'
import { addClient, addUser, redeem, refresh } from '../kit/cast.ts'
import { eventually } from '../kit/eventually.ts'
import { askAt, type KeyHouse, keyOf, present, ticketsApi, tokensByKey } from '../kit/key-consent.ts'
import { anotherServer, type TestServer, testServer } from '../kit/server.ts'

/*
 * Every way in which a key dies ends what was allowed with it: in this process, in another one over the same database, and
 * at guards that have remembered the token, opaque or JWT, asked for or checked offline.
 */

const AT = { CLAVIGER_URL: 'https://auth.example' }
let one: TestServer
let two: Running
before(async () => {
  one = await testServer(AT)
  two = await anotherServer(one, AT)
})
after(async () => {
  await two.stop()
  await one.stop()
})

let count = 0
type Cast = KeyHouse & { audience: string }
async function cast(tokenFormat: 'opaque' | 'jwt'): Promise<Cast> {
  const audience = `https://tickets-${++count}.example`
  const api = await ticketsApi(one, { audience, tokenFormat })
  const owner = await addUser(one.world, `owner${count}`)
  const app = await addClient(one.world, {
    name: 'Helper',
    scopes: ['tickets:read', 'tickets:write'],
    grantTypes: ['authorization_code', 'refresh_token'],
  })
  const scopes = ['tickets:read', 'tickets:write']
  return { guard: api, owner, app, key: await keyOf(one, owner, { scopes }), audience }
}
const idOf = ({ key }: Cast) => key.credential.id
const change = (more: Partial<Parameters<typeof changeCredential>[2]>) => (house: Cast) =>
  changeCredential(one.world, OPERATOR, { credentialId: idOf(house), ...more })

type Ending = {
  end(house: Cast): Promise<unknown>
  /** What a guard says then. */
  reason: string
  /** It can be undone. */
  back?(house: Cast): Promise<unknown>
  /** The refresh token still gives a token, with less. */
  refreshes?: true
}
const ENDINGS: Record<string, Ending> = {
  revoked: { end: house => revokeCredential(one.world, OPERATOR, { credentialId: idOf(house) }), reason: 'revoked' },
  'revoked with all of its owner': {
    end: ({ owner }) => revokeAll(one.world, OPERATOR, { of: 'user', id: owner.id, kinds: ['api-key'] }),
    reason: 'revoked',
  },
  disabled: { end: change({ active: false }), back: change({ active: true }), reason: 'disabled' },
  'given an end that comes': { end: house => change({ expiresAt: Date.now() + 1200 })(house), reason: 'expired' },
  narrowed: {
    end: change({ scopes: ['tickets:write'] }),
    back: change({ scopes: ['tickets:read', 'tickets:write'] }),
    reason: 'insufficient_scope',
    refreshes: true,
  },
  'bound to another network': {
    end: change({ networks: ['10.0.0.0/8'] }),
    back: change({ networks: null }),
    reason: 'network_not_allowed',
    refreshes: true,
  },
  'rotated, after the overlap': {
    end: house => rotateKey(one.world, OPERATOR, { credentialId: idOf(house), overlapSeconds: 1 }),
    reason: 'expired',
  },
  'of a disabled owner': {
    end: ({ owner }) => changeUser(one.world, OPERATOR, { userId: owner.id, active: false }),
    back: ({ owner }) => changeUser(one.world, OPERATOR, { userId: owner.id, active: true }),
    reason: 'owner_disabled',
  },
  'of a deleted owner': {
    end: ({ owner }) => deleteUser(one.world, OPERATOR, { userId: owner.id }),
    reason: 'revoked',
  },
}

for (const format of ['opaque', 'jwt'] as const)
  for (const [how, { end, reason, back, refreshes }] of Object.entries(ENDINGS))
    test(`a key that is ${how} ends the ${format} tokens that came of it, everywhere`, async () => {
      const house = await cast(format)
      const { audience } = house
      const tokens = await tokensByKey(one, house, { resource: audience })
      assert.equal(tokens.status, 200, JSON.stringify(tokens))
      assert.equal(tokens.access_token?.startsWith('ey'), format === 'jwt')
      const doors = (['ask', 'offline'] as const).flatMap(jwt =>
        [one.url, two.url].map(url =>
          guard({ url, ...house.guard, audience, jwt, scopes: 'tickets:read', clientAddress: () => '127.0.0.1' }),
        ),
      )
      const request = () => new Request(audience, { headers: { authorization: `Bearer ${tokens.access_token}` } })
      const statuses = () =>
        Promise.all(doors.map(async door => (await door(() => new Response('in'))(request())).status))
      try {
        assert.deepEqual(await statuses(), [200, 200, 200, 200])
        assert.deepEqual(await statuses(), [200, 200, 200, 200])
        await end(house)
        await eventually(async () => (await statuses()).every(status => status === 401 || status === 403))
        // Guards know ends to the second, so they are a moment ahead.
        for (const server of [one, two])
          await eventually(async () => (await verdict(server, house, tokens.access_token ?? '')) === reason)
        const fresh = await refresh(one.url, house.app, tokens.refresh_token)
        assert.equal(fresh.status, refreshes ? 200 : 400, JSON.stringify(fresh))
        if (back && !refreshes) {
          await back(house)
          await eventually(async () => (await statuses()).every(status => status === 200))
        }
      } finally {
        await Promise.all(doors.map(door => door.close()))
      }
    })

for (const [how, { end }] of Object.entries(ENDINGS).filter(([, { reason }]) =>
  ['revoked', 'disabled'].includes(reason),
))
  test(`a key that is ${how} between the consent and the redemption gives nothing`, async () => {
    const house = await cast('opaque')
    const { who, verifier, sight } = await askAt(one, house, { resource: house.audience })
    await present(who, sight, house.key.secret)
    const { sentTo } = await who.submit({ decision: 'allow' })
    await end(house)
    const got = await redeem(one.url, house.app, sentTo?.searchParams.get('code') ?? '', verifier)
    assert.deepEqual([got.status, got.error], [400, 'invalid_grant'])
  })

async function verdict(server: Running, { guard: by, audience }: Cast, credential: string): Promise<string> {
  const answer = await fetch(`${server.url}/v1/verify`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${by.clientId}:${by.clientSecret}`)}`,
      'content-type': 'application/json',
      'claviger-reasons': 'revoked expired disabled owner_disabled insufficient_scope network_not_allowed',
    },
    body: JSON.stringify({ credential, audience, scopes: ['tickets:read'] }),
  })
  const { active, reason = '' } = (await answer.json()) as { active: boolean; reason?: string }
  return active ? 'active' : reason
}

test('a key that ends while the question is open allows nothing: the person is asked to sign in, or for another key', async () => {
  const house = await cast('opaque')
  const { who, sight } = await askAt(one, house, { resource: house.audience })
  await present(who, sight, house.key.secret)
  await revokeCredential(one.world, OPERATOR, { credentialId: idOf(house) })
  const answer = await who.submit({ decision: 'allow' })
  assert.equal(answer.sentTo, undefined)
  assert.match(answer.html, /name="api_key"/)
})

test('a key with networks gives opaque tokens, and with an end none that lives longer', async () => {
  const house = await cast('jwt')
  const expiresAt = Date.now() + 600_000
  const { secret } = await keyOf(one, house.owner, { networks: ['127.0.0.0/8'], expiresAt })
  const tokens = await tokensByKey(one, { ...house, key: { ...house.key, secret } }, { resource: house.audience })
  assert.match(tokens.access_token ?? '', /^clv_at_/)
  assert.ok((tokens.expires_in ?? 3600) <= 600)
  const grant = (await one.world.grants.ofUser(house.owner.id)).find(({ parentId }) => parentId)
  assert.equal(grant?.expiresAt, expiresAt)
})
