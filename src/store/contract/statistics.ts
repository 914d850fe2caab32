import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Credential } from '../../model/credentials/credential.ts'
import { DAY, HOUR } from '../../model/span.ts'
import type { Page } from '../../ports/paging.ts'
import { aClient, aCredential, aUser, entry, type Open, times } from './samples.ts'

/** Figures for staff: lists with filters, counts, and things that need attention. */
export function insightPromises(open: Open): void {
  test('what was used, refused and from where is told of a credential and of all of a client', async () => {
    await using installation = await open()
    const { clients, credentials, usage, statistics } = installation.stores
    const now = Date.now()
    const client = await clients.create(aClient(), entry())
    const keys = times(2, () => aCredential({ clientId: client.id, createdAt: now, expiresAt: now + DAY }))
    await credentials.issue(keys, entry())
    const minute = Math.floor(now / 60_000)
    const count = (id: string, outcome: string, times: number) => ({
      minute,
      countedBy: id,
      kind: 'access-token',
      outcome,
      count: times,
    })
    const [one, two] = keys.map(({ id }) => id) as [string, string]
    const networks = ['10.0.0.0/24', '10.0.1.0/24'].map(network => ({ countedBy: one, network, at: now }))
    await usage.add([count(one, 'valid', 5), count(one, 'expired', 2), count(two, 'valid', 1)], new Map([[one, now]]), [
      ...networks,
      { countedBy: two, network: '10.0.0.0/24', at: now },
      { countedBy: two, network: '10.9.9.0/24', at: now - 2 * DAY },
    ])
    assert.deepEqual(await statistics.impact({ credentialIds: [one] }, now - DAY, now), {
      uses: 5,
      refusals: 2,
      networks: 2,
      credentials: 1,
      users: 0,
      applications: 0,
      lastUsedAt: now,
    })
    assert.deepEqual(await statistics.impact({ clientId: client.id }, now - DAY, now), {
      uses: 6,
      refusals: 2,
      networks: 2,
      credentials: 2,
      users: 0,
      applications: 0,
      lastUsedAt: now,
    })
    assert.deepEqual(await statistics.totals(now - DAY, now + 60_000), { uses: 6, refusals: 2 })
    const range = { since: now - DAY, until: now }
    assert.deepEqual(await statistics.top({ ...range, by: 'uses', limit: 1 }), [{ countedBy: one, count: 5 }])
    assert.deepEqual(await statistics.top({ ...range, by: 'refusals', limit: 5 }), [{ countedBy: one, count: 2 }])
    assert.deepEqual(await statistics.hours({ countedBy: [one], since: now - DAY }), [
      { countedBy: one, at: Math.floor(minute / 60) * HOUR, valid: 5, refused: 2 },
    ])
    const ofClient = await usage.read({ ...range, bucketMinutes: 1440, clientId: client.id })
    assert.equal(
      ofClient.reduce((sum, bucket) => sum + bucket.count, 0),
      8,
    )
  })

  test('what is there is counted, and what needs attention is found', async () => {
    await using installation = await open()
    const { users, credentials, usage, journal, statistics } = installation.stores
    const now = Date.now()
    const key = (name: string, fields: object) => aCredential({ kind: 'api-key', name, createdAt: now, ...fields })
    const soon = key('soon', { expiresAt: now + DAY })
    const unused = key('unused', { createdAt: now - 20 * DAY, expiresAt: now + 90 * DAY })
    const busy = key('busy', { expiresAt: now + 90 * DAY })
    await users.create(aUser(), entry())
    await credentials.issue(
      [soon, unused, busy, aCredential({ kind: 'session', createdAt: now, expiresAt: now + 1e6 })],
      entry(),
    )
    const minute = Math.floor(now / 60_000)
    const of = { minute, countedBy: busy.id, kind: 'api-key' }
    await usage.add(
      [
        { ...of, outcome: 'valid', count: 40 },
        { ...of, outcome: 'revoked', count: 30 },
      ],
      new Map(),
      [],
    )
    await journal.append(times(3, () => entry({ event: 'sign-in-failed', at: now })))
    assert.deepEqual(await statistics.counts(), {
      users: 1,
      clients: 0,
      resources: 0,
      grants: 0,
      activeCredentials: 3,
      activeSessions: 1,
    })
    const found = await statistics.attention(now, 19)
    assert.deepEqual((await statistics.attention(now, 21)).longUnused, [], 'the days are chosen')
    assert.deepEqual(
      [found.expiringSoon, found.longUnused].map(list => list.map(({ name }) => name)),
      [['soon'], ['unused']],
    )
    assert.deepEqual(found.muchRefused, [{ countedBy: busy.id, uses: 40, refusals: 30 }])
    assert.equal(found.failedSignIns, 3)
  })

  test('credentials are listed by name, id, state and use, in both orders', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const now = Date.now()
    const keys = times(5, i =>
      aCredential({ kind: 'api-key', name: `Key_${i}%`, createdAt: now + i, expiresAt: now + 90 * DAY }),
    )
    await credentials.issue(keys, entry())
    const names = async (filter: object, order: 'newest' | 'oldest' = 'newest') =>
      (await credentials.list(filter, { limit: 10, order })).items.map(({ name }) => name)
    assert.deepEqual(await names({}, 'oldest'), ['Key_0%', 'Key_1%', 'Key_2%', 'Key_3%', 'Key_4%'])
    assert.deepEqual(await names({ search: 'key_3' }), ['Key_3%'])
    assert.deepEqual(await names({ search: 'key%3' }), [])
    assert.deepEqual(await names({ search: keys[2]?.id.slice(0, 10) }), ['Key_2%'])
    assert.deepEqual(await names({ unusedSince: now, expiresAfter: now + 91 * DAY }), [])
    const first = await credentials.list({}, { limit: 2, order: 'oldest' })
    const next = { limit: 2, order: 'oldest' as const, cursor: first.nextCursor ?? '' }
    assert.deepEqual(
      (await credentials.list({}, next)).items.map(({ name }) => name),
      ['Key_2%', 'Key_3%'],
    )
  })

  test('what people made is listed apart from what protocols leave, and sorted by last use and by end, page by page', async () => {
    await using installation = await open()
    const { credentials, usage } = installation.stores
    const now = Date.now()
    const made = (name: string, days: number, fields: object = {}) =>
      aCredential({
        kind: 'api-key',
        name,
        createdAt: now - days * DAY,
        expiresAt: now + (200 - days) * DAY,
        ...fields,
      })
    const endless = made('endless', 100, { expiresAt: undefined })
    const keys = [made('a', 90), made('b', 50), made('c', 70), made('fresh', 1), endless]
    const ended = [made('dead', 80, { revokedAt: now - 1 }), made('over', 95, { expiresAt: now - 1 })]
    const token = aCredential({ kind: 'access-token', createdAt: now - 99 * DAY, expiresAt: now + DAY })
    await credentials.issue([...keys, ...ended, token], entry())
    await usage.add([], new Map([[keys[0]?.id ?? '', now - 10 * DAY]]), [])
    const all = async (filter: object, order: 'newest' | 'oldest' = 'oldest') => {
      const names: (string | undefined)[] = []
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const page: Page<Credential> = await credentials.list(filter, { limit: 2, order, ...(cursor && { cursor }) })
        names.push(...page.items.map(({ name }) => name))
        cursor = page.nextCursor
      }
      return names
    }
    const live = { madeBy: 'people', status: 'live' }
    assert.deepEqual(await all({ ...live, sortedBy: 'last-use' }), ['endless', 'c', 'b', 'a', 'fresh'])
    assert.deepEqual(await all({ ...live, sortedBy: 'last-use' }, 'newest'), ['fresh', 'a', 'b', 'c', 'endless'])
    assert.deepEqual(await all({ ...live, sortedBy: 'end' }), ['a', 'c', 'b', 'fresh', 'endless'])
    assert.deepEqual(await all({ madeBy: 'protocol', status: 'live' }), [undefined])
    assert.deepEqual(await all({ status: 'ended' }), ['over', 'dead'])
    assert.deepEqual(await all({ status: 'unused' }), ['endless', 'c'], 'sixty days where none are named')
    const since = { status: 'unused', unusedSince: now - 40 * DAY }
    assert.deepEqual(await all({ ...since, sortedBy: 'last-use' }), ['endless', 'c', 'b'])
    const shown = await credentials.list({ search: endless.hint.slice(-4) }, { limit: 9 })
    assert.ok(
      shown.items.some(({ name }) => name === 'endless'),
      'found by the last four characters',
    )
  })

  test('users and applications are listed by role, state, part of the name, in both orders', async () => {
    await using installation = await open()
    const { users, clients } = installation.stores
    await users.create(aUser({ handle: 'ann', role: 'admin' }), entry())
    await users.create(aUser({ handle: 'bob', active: false }), entry())
    const handles = async (filter: object) =>
      (await users.list({ limit: 10, ...filter })).items.map(({ handle }) => handle)
    assert.deepEqual(await handles({ order: 'oldest' }), ['ann', 'bob'])
    assert.deepEqual(await handles({ role: 'admin' }), ['ann'])
    assert.deepEqual(await handles({ active: false }), ['bob'])
    for (const name of ['Photo App', 'Notes', '100%']) await clients.create(aClient({ name }), entry())
    const called = async (search: string) =>
      (await clients.list({ search }, { limit: 10 })).items.map(({ name }) => name)
    assert.deepEqual(await called('APP'), ['Photo App'])
    assert.deepEqual(await called('%'), ['100%'])
    assert.equal((await clients.byIds((await clients.list({}, { limit: 10 })).items.map(({ id }) => id))).length, 3)
  })

  test('a filter without index ends, and its cursor goes on behind what was looked through', async () => {
    await using installation = await open()
    const { journal } = installation.stores
    await journal.append(times(5, i => entry({ event: i === 0 ? 'denied' : 'granted', ip: `192.0.2.${i}` })))
    const found = await journal.list({ event: 'denied' }, { limit: 10 })
    assert.deepEqual([found.items.length, found.nextCursor], [1, undefined])
    const oldest = await journal.list({ event: 'granted' }, { limit: 3, order: 'oldest' })
    assert.deepEqual(
      oldest.items.map(({ ip }) => ip),
      ['192.0.2.1', '192.0.2.2', '192.0.2.3'],
    )
    assert.equal((await journal.list({ ip: '192.0.2.4' }, { limit: 3 })).items.length, 1)
  })

  test('what is rare is found behind thousands that do not fit, and no page skips or repeats one', async () => {
    await using installation = await open()
    const { journal, credentials, clients, users } = installation.stores
    const rare = (i: number) => i % 600 === 0
    await journal.append(times(2500, i => entry({ event: rare(i) ? 'denied' : 'granted', ip: `${i}` })))
    const all = times(2500, i => aCredential({ createdAt: 1 + Math.floor(i / 7), ...(rare(i) && { revokedAt: 1 }) }))
    await credentials.issue(all, entry())
    for (const order of ['newest', 'oldest'] as const) {
      const ips: unknown[] = []
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const page = { limit: 2, order, ...(cursor && { cursor }) }
        const { items, nextCursor } = await journal.list({ event: 'denied' }, page)
        ips.push(...items.map(({ ip }) => ip))
        cursor = nextCursor
      }
      const found = ['0', '600', '1200', '1800', '2400']
      assert.deepEqual(ips, order === 'oldest' ? found : found.reverse())
      const first = await credentials.list({ status: 'revoked' }, { limit: 3, order })
      const rest = await credentials.list({ status: 'revoked' }, { limit: 3, order, cursor: first.nextCursor ?? '' })
      assert.deepEqual(
        new Set([...first.items, ...rest.items].map(({ id }) => id)),
        new Set(all.filter((_, i) => rare(i)).map(({ id }) => id)),
      )
      assert.equal(rest.nextCursor, undefined)
    }
    assert.deepEqual(await clients.list({ search: 'nobody' }, { limit: 5 }), { items: [] })
    assert.deepEqual(await users.list({ search: 'nobody', limit: 5 }), { items: [] })
  })

  test('a chart by the hour begins and ends at the minute it was asked for', async () => {
    await using installation = await open()
    const { usage, statistics } = installation.stores
    const noon = 30_000_000 * 60
    const count = (minute: number, outcome = 'valid') => ({
      minute: noon + minute,
      countedBy: 'a'.repeat(24),
      kind: 'api-key',
      outcome,
      count: 1,
    })
    const minutes = [-61, -60, -31, -30, -1, 0, 59, 60, 90, 91, 125]
    await usage.add(
      minutes.map(minute => count(minute)),
      new Map(),
      [],
    )
    await usage.add([count(0, 'expired'), count(0)], new Map(), [])
    const at = (minute: number) => (noon + minute) * 60_000
    const read = await usage.read({ since: at(-30), until: at(90), bucketMinutes: 60 })
    assert.deepEqual(
      read.map(({ at: when, outcome, count: n }) => [when / 60_000 - noon, outcome, n]).sort(),
      [
        [-60, 'valid', 2],
        [0, 'expired', 1],
        [0, 'valid', 3],
        [60, 'valid', 2],
      ].sort(),
    )
    assert.deepEqual(await statistics.totals(at(-30), at(91)), { uses: 7, refusals: 1 })
  })
}
