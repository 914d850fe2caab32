import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AGE_BANDS, type Credential } from '../../model/credentials/credential.ts'
import { DAY, HOUR, MINUTE } from '../../model/span.ts'
import { aCredential, entry, type Open, T0, times } from './samples.ts'

/** Data for charts: the duration of checks and the age of keys. */
export function chartPromises(open: Open): void {
  test('how long checks took adds up by step, whichever process brings it, in minutes, hours and days', async () => {
    await using installation = await open()
    const again = await installation.again()
    const hour = T0 - (T0 % HOUR)
    await Promise.all(
      times(20, i =>
        (i % 2 ? installation : again).stores.usage.addTimes(
          hour + (i % 3) * MINUTE + i,
          new Map([
            [3, 2],
            [40 - i, 1],
          ]),
        ),
      ),
    )
    await again.engine.close()
    const { usage } = installation.stores
    const read = async (bucketMinutes: number) => {
      const found = await usage.times({ since: hour, until: hour + HOUR, bucketMinutes })
      return found.filter(({ step }) => step === 3).map(({ at, count }) => [at - hour, count])
    }
    assert.deepEqual(await read(1), [
      [0, 14],
      [MINUTE, 14],
      [2 * MINUTE, 12],
    ])
    assert.deepEqual(await read(60), [[0, 40]])
    assert.deepEqual(await read(1440), [[hour - (hour % DAY) - hour, 40]])
    assert.equal((await usage.times({ since: hour, until: hour + HOUR, bucketMinutes: 60 })).length, 21)
    assert.deepEqual(await usage.times({ since: hour + HOUR, until: hour + DAY, bucketMinutes: 60 }), [])
  })

  test('times of each minute go after their time, those of each hour stay as long as usage', async () => {
    await using installation = await open()
    const { usage, retention } = installation.stores
    const old = T0 - 3 * DAY
    for (const at of [old, T0]) await usage.addTimes(at, new Map(times(9, step => [step, 1])))
    const keep = {
      expired: DAY,
      revoked: DAY,
      networks: DAY,
      journal: DAY,
      revocations: DAY,
      applications: DAY,
      documents: DAY,
      registrations: DAY,
      notices: DAY,
    }
    const how = { ...keep, minutes: 2 * DAY, usage: 5 * DAY, turn: 0, limit: 4 }
    while ((await retention.purge(T0, how)) > 0) {}
    const left = async (bucketMinutes: number) =>
      new Set((await usage.times({ since: old - HOUR, until: T0, bucketMinutes })).map(({ at }) => at)).size
    assert.deepEqual([await left(1), await left(60)], [1, 2])
    while ((await retention.purge(T0 + 3 * DAY, how)) > 0) {}
    assert.deepEqual([await left(1), await left(60)], [0, 1])
  })

  test('live keys are counted by age and by use; what is over, and what other kinds do, does not count', async () => {
    await using installation = await open()
    const { credentials, statistics } = installation.stores
    const key = (days: number, fields: Partial<Credential<'api-key' | 'application-token'>> = {}) => {
      const made = aCredential<'api-key' | 'application-token'>({
        kind: 'api-key',
        name: 'k',
        createdAt: T0 - days * DAY,
        ...fields,
      })
      if (!('expiresAt' in fields)) delete made.expiresAt
      return made
    }
    const gone = key(3)
    const used = [key(6), key(31, { expiresAt: T0 + 1 }), key(400)]
    const issued = [...used, key(7), key(7, { kind: 'application-token' }), key(1, { expiresAt: T0 - 1 }), gone]
    await credentials.issue([...issued, aCredential({ createdAt: T0 })], entry())
    await credentials.revoke(gone.id, entry())
    const [young, middle, old] = used.map(({ id }) => id) as [string, string, string]
    const lastUsed = new Map([
      [young, T0],
      [middle, T0 - DAY],
      [old, T0 - 91 * DAY],
    ])
    await installation.stores.usage.add([], lastUsed, [])
    const found = await statistics.ages(T0)
    assert.ok(found.every(({ fromDays }) => (AGE_BANDS as readonly number[]).includes(fromDays)))
    assert.deepEqual(
      found.map(({ fromDays, kind, use, count }) => `${fromDays} ${kind} ${use} ${count}`),
      [
        '0 api-key recent 1',
        '7 api-key never 1',
        '7 application-token never 1',
        '30 api-key recent 1',
        '365 api-key lapsed 1',
      ],
    )
    const listed = async (use: 'recent' | 'lapsed' | 'never', days: number) => {
      const filter = { use, createdAfter: Date.now() - days * DAY, createdBefore: T0 }
      return (await credentials.list(filter, { limit: 10 })).items.length
    }
    assert.ok((await listed('never', 10_000)) >= 2)
    assert.equal(await listed('never', -10_000), 0)
  })
}
