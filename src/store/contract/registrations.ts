import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewClient } from '../../model/clients/client.ts'
import { DAY, HOUR } from '../../model/span.ts'
import type { NewRegistration, RegistrationLimits } from '../../ports/registrations.ts'
import { aClient, aCredential, aGrant, countOf, entry, type Open, type Opened, T0, times } from './samples.ts'

const limits: RegistrationLimits = {
  network: { most: 3, within: DAY },
  area: { most: 5, within: DAY },
  all: { most: 7, within: HOUR },
}
type From = { network?: number; area?: number; digest?: string; at?: number }
function aRegistration({ network = 1, area = 1, digest, at = T0 }: From = {}): NewRegistration {
  const client: NewRegistration['client'] = {
    ...aClient({ source: 'dynamic', createdAt: at }),
    origin: {
      network: `10.${area}.0.${network}/32`,
      area: `10.${area}.0.0/24`,
      ...(digest !== undefined && { digest }),
    },
  }
  return { client, limits, sharedWithin: DAY }
}
const register = ({ stores }: Opened, from?: From, more: Partial<NewRegistration> = {}) =>
  stores.registrations.register({ ...aRegistration(from), ...more }, entry({ at: from?.at ?? T0 }))
const registering = async (installation: Opened, from?: From, more?: Partial<NewRegistration>) =>
  (await register(installation, from, more)).is

/** Clients that register themselves (RFC 7591). */
export function registrationPromises(open: Open): void {
  test('of many that register at once, a network, an area and all together get no more than their limit', async () => {
    await using installation = await open()
    const flood = await Promise.all(times(9, () => registering(installation)))
    assert.deepEqual([countOf(flood, 'registered'), countOf(flood, 'network-full')], [3, 6])
    const around = await Promise.all(times(9, i => registering(installation, { network: 2 + i })))
    assert.deepEqual([countOf(around, 'registered'), countOf(around, 'area-full')], [2, 7])
    const elsewhere = await Promise.all(times(9, i => registering(installation, { area: 2, network: 1 + i })))
    assert.deepEqual([countOf(elsewhere, 'registered'), countOf(elsewhere, 'busy')], [2, 7])
    // A flood has not shut out an area that did not register in this hour.
    assert.equal(await registering(installation, { area: 3 }), 'registered')
    assert.equal(await registering(installation, { area: 3 }), 'busy')
    assert.equal(await registering(installation, { area: 3, at: T0 + HOUR + 1 }), 'registered')
    assert.equal(await registering(installation, { at: T0 + DAY + 1 }), 'registered')
  })

  test('a client that was used takes no place of those that were not', async () => {
    await using installation = await open()
    const made = await Promise.all(times(3, () => register(installation)))
    assert.equal(await registering(installation), 'network-full')
    const [one] = made
    assert.ok(one && 'client' in one)
    await installation.stores.usage.addIssues(new Map([[one.client.id, { count: 1, at: T0 }]]))
    assert.equal(await registering(installation), 'registered')
  })

  test('of equal registrations at once one makes a client and the others get it: of one network, within a day, while it is active', async () => {
    await using installation = await open()
    const equal = { digest: 'equal' }
    const outcomes = await Promise.all(times(5, () => register(installation, equal)))
    const ids = new Set(outcomes.map(one => ('client' in one ? one.client.id : '')))
    assert.deepEqual(
      [
        ids.size,
        countOf(
          outcomes.map(({ is }) => is),
          'registered',
        ),
      ],
      [1, 1],
    )
    const again = (from: From) => registering(installation, { ...equal, ...from })
    assert.deepEqual(await again({ at: T0 + DAY - 1 }), 'shared')
    assert.deepEqual(await again({ network: 2 }), 'registered')
    assert.deepEqual(await again({ at: T0 + DAY }), 'registered')
    const other = { digest: 'other', at: T0 + 5 * DAY }
    const made = await register(installation, other)
    assert.ok('client' in made)
    assert.deepEqual(await registering(installation, other), 'shared')
    await installation.stores.clients.change(made.client.id, { active: false }, entry())
    assert.deepEqual(await registering(installation, other), 'registered')
  })

  test('an initial access token is good for as many registrations as it says, however many ask at once', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const token = aCredential({ kind: 'initial-access-token', data: { usesLeft: 3, grantTypes: [] } })
    await credentials.issue([token], entry())
    const withToken = (more: Partial<NewRegistration> = {}, at = T0) =>
      registering(installation, { at }, { initialToken: token.fingerprint, limits: undefined as never, ...more })
    assert.equal(await withToken({}, T0 + 400 * DAY), 'token-spent')
    assert.equal(countOf(await Promise.all(times(9, () => withToken())), 'registered'), 3)
    assert.deepEqual((await credentials.byId(token.id))?.data, { usesLeft: 0, grantTypes: [] })
    const endless = aCredential({ kind: 'initial-access-token', data: { grantTypes: ['client_credentials'] } })
    await credentials.issue([endless], entry())
    const initialToken = endless.fingerprint
    for (let i = 0; i < 5; i++) assert.equal(await withToken({ initialToken }), 'registered')
    await credentials.revoke(endless.id, entry())
    assert.equal(await withToken({ initialToken }), 'token-spent')
    const other = aCredential({ kind: 'registration-token', clientId: 'c' })
    await credentials.issue([other], entry())
    assert.equal(await withToken({ initialToken: other.fingerprint }), 'token-spent')
  })

  test('a registration that is refused takes no use of its token and leaves no row', async () => {
    await using installation = await open()
    const { clients, credentials } = installation.stores
    const token = aCredential({ kind: 'initial-access-token', data: { usesLeft: 9, grantTypes: [] } })
    await credentials.issue([token], entry())
    const initialToken = token.fingerprint
    for (let i = 0; i < 5; i++) await register(installation, {}, { initialToken })
    assert.deepEqual((await credentials.byId(token.id))?.data, { usesLeft: 6, grantTypes: [] })
    assert.equal((await clients.list({ source: 'dynamic' }, { limit: 10 })).items.length, 3)
  })

  test('a client that registered itself goes a month after it was last good for anything, with its registration token', async () => {
    await using installation = await open()
    const { clients, credentials, grants, retention } = installation.stores
    const lives = async (fields: Partial<NewClient> = {}) => {
      const token = aCredential({ kind: 'registration-token' })
      delete token.expiresAt
      const ask = aRegistration({})
      const made = await installation.stores.registrations.register(
        { sharedWithin: DAY, client: { ...ask.client, ...fields }, token: { ...token, clientId: ask.client.id } },
        entry(),
      )
      assert.ok('client' in made)
      return { id: made.client.id, token: token.fingerprint }
    }
    const [unused, granted, ended, keyed, young] = [
      await lives(),
      await lives(),
      await lives(),
      await lives(),
      await lives({ createdAt: T0 + DAY }),
    ]
    const openGrant = async (clientId: string, endsAt: number) => {
      const grant = aGrant({ clientId })
      const code = aCredential({ kind: 'authorization-code', clientId, grantId: grant.id, expiresAt: T0 + 1 })
      await grants.open(grant, code, entry())
      await installation.engine.write(tx =>
        tx.updateTable('grants').set({ ends_at: endsAt }).where('id', '=', grant.id).execute(),
      )
      return grant
    }
    await openGrant(granted.id, T0 + 90 * DAY)
    const over = await openGrant(ended.id, T0 + 90 * DAY)
    await credentials.revokeGrant(over.id, entry({ at: T0 + 5 * DAY }))
    const endless = aCredential({ clientId: keyed.id })
    delete endless.expiresAt
    await credentials.issue([endless], entry())
    const all = { unused, granted, ended, keyed, young }
    const leftAt = async (now: number) => {
      const how = {
        expired: 99 * DAY,
        revoked: 99 * DAY,
        usage: DAY,
        networks: DAY,
        minutes: DAY,
        journal: 999 * DAY,
        revocations: DAY,
      }
      for (let turn = 0; turn < 4; turn++)
        await retention.purge(now, {
          ...how,
          applications: 999 * DAY,
          documents: 999 * DAY,
          notices: 999 * DAY,
          registrations: 30 * DAY,
          turn: 0,
          limit: 50,
        })
      const left = await Promise.all(
        Object.entries(all).map(async ([name, { id, token }]) => {
          const [client, its] = [await clients.byId(id), await credentials.find('registration-token', token)]
          assert.equal(client === undefined, its === undefined, name)
          return client ? [name] : []
        }),
      )
      return left.flat()
    }
    assert.deepEqual(await leftAt(T0 + 30 * DAY), ['unused', 'granted', 'ended', 'keyed', 'young'])
    assert.deepEqual(await leftAt(T0 + 30 * DAY + 1), ['granted', 'ended', 'keyed', 'young'])
    assert.deepEqual(await leftAt(T0 + 36 * DAY), ['granted', 'keyed'])
    assert.deepEqual(await leftAt(T0 + 121 * DAY), ['keyed'])
  })

  test('a block is a row, once', async () => {
    await using installation = await open()
    const { registrations } = installation.stores
    const block = { subject: 'network', value: '203.0.113.0/24', note: 'a flood', createdAt: T0 } as const
    const host = { subject: 'host', value: 'evil.example', createdAt: T0 } as const
    assert.deepEqual(await Promise.all([registrations.block(block, entry()), registrations.block(host, entry())]), [
      true,
      true,
    ])
    assert.equal(await registrations.block(block, entry()), false)
    assert.deepEqual(await registrations.blocks(), [host, block])
    assert.deepEqual(
      [await registrations.unblock(block, entry()), await registrations.unblock(block, entry())],
      [true, false],
    )
    assert.deepEqual(await registrations.blocks(), [host])
  })
}
