import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { DAY, MINUTE } from '../../model/span.ts'
import { aClient, aCredential, aFamily, aStep, entry, type Open, type Opened, setClock, T0, times } from './samples.ts'

const how = {
  expired: DAY,
  revoked: 2 * DAY,
  usage: DAY,
  networks: DAY,
  minutes: DAY / 2,
  journal: DAY,
  revocations: DAY,
  applications: 3 * DAY,
  documents: 3 * DAY,
  registrations: 3 * DAY,
  notices: 3 * DAY,
  turn: 0,
  limit: 10,
}

/** No table grows without limit, and each sweep is short. */
export function upkeepPromises(open: Open): void {
  test('what is over goes in small steps, what may still be asked for stays', async () => {
    await using installation = await open()
    const { credentials, idempotency, usage, retention, revocations } = installation.stores
    const now = T0 + 10 * DAY
    const minute = (at: number) => Math.floor(at / 60_000)
    const old = times(25, () => aCredential({ expiresAt: now - DAY - 1 }))
    const kept = [
      aCredential({ expiresAt: now - DAY + 1 }),
      aCredential({ revokedAt: now - DAY, expiresAt: now + DAY }),
      aCredential({ kind: 'pending-sign-in', expiresAt: now + 1 }),
      aCredential({ kind: 'device-code', expiresAt: now - 10 * MINUTE }),
      aCredential({ kind: 'api-key', createdAt: 0, expiresAt: now + DAY }),
    ]
    const abandoned = [
      ...times(4, () => aCredential({ kind: 'pending-sign-in', expiresAt: now - 1 })),
      aCredential({ kind: 'device-code', expiresAt: now - 10 * MINUTE - 1 }),
    ]
    const endless = aCredential({ kind: 'api-key' })
    delete endless.expiresAt
    await credentials.issue([...old, ...kept, ...abandoned, endless], entry({ at: now }))
    await credentials.revoke(endless.id, entry({ at: now - 3 * DAY }))
    await usage.add(
      [now, now - 2 * DAY].map(at => ({
        minute: minute(at),
        countedBy: 'k',
        kind: 'api-key',
        outcome: 'valid',
        count: 1,
      })),
      new Map(),
      [now, now - 2 * DAY].map(at => ({ countedBy: 'k', network: `10.0.${at % 7}.0/24`, at })),
    )
    for (const [key, expiresAt] of [
      ['over', now - 1],
      ['not over', now + 1],
    ] as const)
      await idempotency.claim({ caller: 'u', key, requestHash: 'h', at: now, expiresAt })

    const first = await retention.purge(now, how)
    assert.ok(first > 10 && first < 25, `a small step, not ${first} rows`)
    while ((await retention.purge(now, how)) > 0) {}
    const left = (await credentials.list({}, { limit: 100 })).items.map(one => one.id)
    assert.deepEqual(new Set(left), new Set(kept.map(one => one.id)))
    assert.deepEqual(await rowsOf(installation, 'idempotency'), 1)
    assert.deepEqual(await rowsOf(installation, 'usage'), 1)
    assert.deepEqual(await rowsOf(installation, 'usage_networks'), 1)
    assert.deepEqual(await rowsOf(installation, 'revocations'), 0)
    assert.deepEqual(await rowsOf(installation, 'journal'), 1, 'of the two entries one is young')
    assert.equal((await revocations.head()).seq, 1, 'the log goes on where it stood')
    await credentials.revoke(kept[3]?.id as string, entry({ at: now }))
    assert.equal((await revocations.after(0, 10))[0]?.seq, 2)
  })

  test('a grant goes with the last of its credentials, not before', async () => {
    await using installation = await open()
    const { grants, retention, credentials } = installation.stores
    const { grant, refresh } = await aFamily(installation.stores)
    const { rotation, next } = aStep(grant, refresh)
    next.expiresAt = T0 + 5 * DAY
    await credentials.rotate(rotation, entry())
    while ((await retention.purge(T0 + 4 * DAY, how)) > 0) {}
    assert.ok(await credentials.findAny(next.fingerprint))
    assert.ok(await grants.byId(grant.id))
    while ((await retention.purge(T0 + 7 * DAY, how)) > 0) {}
    assert.equal(await grants.byId(grant.id), undefined)
  })

  test('an application that nobody owns and nobody used goes in the end; whatever was used once stays', async () => {
    await using installation = await open()
    const { clients, credentials, retention } = installation.stores
    const atTheDoor = { source: 'mastodon', createdAt: T0 } satisfies Parameters<typeof aClient>[0]
    const make = (fields: Parameters<typeof aClient>[0]) => clients.create(aClient(fields), entry())
    const unused = await Promise.all(times(25, () => make(atTheDoor)))
    const kept = [
      await make({ ...atTheDoor, createdAt: T0 + DAY }),
      await make({ ...atTheDoor, ownerId: 'somebody' }),
      await make({ createdAt: T0 }),
      await make(atTheDoor),
    ]
    const used = aCredential({ clientId: kept[3]?.id as string })
    delete used.expiresAt
    await credentials.issue([used], entry())
    const now = T0 + 3 * DAY + 1
    for (let turn = 0; turn < 8; turn++) await retention.purge(now, how)
    for (const { id } of unused) assert.equal(await clients.byId(id), undefined)
    for (const { id } of kept) assert.ok(await clients.byId(id), id)
  })

  test('an application that was used stays long after its last token was swept, and goes when it has rested as long', async () => {
    await using installation = await open()
    const { clients, credentials, journal, retention, usage } = installation.stores
    const make = () => clients.create(aClient({ source: 'mastodon', createdAt: T0 }), entry())
    const [given, accepted, rested, never] = await Promise.all([make(), make(), make(), make()])
    // Tokens over two hundred days, each of which expires soon, then two days without use.
    const end = T0 + 200 * DAY
    for (const at of [T0, T0 + 100 * DAY, end]) {
      const some = times(3, () => aCredential({ clientId: given.id, createdAt: at, expiresAt: at + 1 }))
      await credentials.issue(some, entry({ at }))
      await usage.addIssues(new Map([[given.id, { count: 1, at: at }]]))
    }
    await usage.addIssues(new Map([[rested.id, { count: 1, at: T0 + DAY }]]))
    const long = aCredential({ clientId: accepted.id, expiresAt: end })
    await credentials.issue([long], entry())
    await usage.add([], new Map([[long.id, end]]), [])
    const purge = async (now: number) => {
      for (let turn = 0; turn < 40; turn++)
        await retention.purge(now, { ...how, applications: 180 * DAY, journal: 500 * DAY })
    }
    const left = async () =>
      (await Promise.all([given, accepted, rested, never].map(({ id }) => clients.byId(id)))).map(
        one => one?.lastUsedAt,
      )
    await purge(end + 2 * DAY)
    assert.equal(await rowsOf(installation, 'credentials'), 0)
    assert.deepEqual(await left(), [end, end, undefined, undefined])
    await purge(end + 180 * DAY)
    assert.deepEqual(await left(), [end, end, undefined, undefined])
    await purge(end + 180 * DAY + 1)
    assert.deepEqual(await left(), [undefined, undefined, undefined, undefined])
    const deleted = (await journal.list({ event: 'deleted' }, { limit: 10 })).items
    assert.deepEqual(
      new Map(deleted.map(({ clientId, reason }) => [clientId, reason])),
      new Map([
        [given.id, 'unused'],
        [accepted.id, 'unused'],
        [rested.id, 'unused'],
        [never.id, 'never-used'],
      ]),
    )
  })

  test('when a client was last used is written at most once a minute, and never backwards', async () => {
    await using installation = await open()
    const { clients, usage } = installation.stores
    const { id } = await clients.create(aClient(), entry())
    const used = async (at: number) => {
      await usage.addIssues(new Map([[id, { count: 1, at: at }]]))
      return (await clients.byId(id))?.lastUsedAt
    }
    assert.equal(await used(T0), T0)
    assert.equal(await used(T0 + 59_000), T0)
    assert.equal(await used(T0 + 61_000), T0 + 61_000)
    assert.equal(await used(T0), T0 + 61_000)
    await installation.stores.usage.addIssues(new Map([['a client that is gone', { count: 1, at: T0 }]]))
  })

  test('of several processes one sweeps, and the next turn comes after its time', async () => {
    await using installation = await open()
    const again = await installation.again()
    await installation.stores.credentials.issue(
      times(40, () => aCredential({ expiresAt: T0 })),
      entry({ at: T0 + 3 * DAY }),
    )
    const now = T0 + 3 * DAY
    setClock(now, installation, again)
    const turns = await Promise.all(
      times(10, i => (i % 2 ? installation : again).stores.retention.purge(now, { ...how, turn: 4000 })),
    )
    assert.deepEqual(
      turns.filter(removed => removed > 0),
      [10],
    )
    const sweepAt = (at: number) => {
      setClock(at, again)
      return again.stores.retention.purge(now, { ...how, turn: 4000 })
    }
    assert.equal(await sweepAt(now + 3999), 0)
    assert.equal(await sweepAt(now + 4000), 10)
    assert.equal(await sweepAt(now - 3_600_000), 10, 'no turn is waited for that lies ahead of a clock set back')
    assert.equal(await sweepAt(now - 3_600_000 + 3999), 0)
    await again.engine.close()
  })
}

async function rowsOf({ engine }: Opened, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(engine.db)
  return rows[0]?.count ?? -1
}
