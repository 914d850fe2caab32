import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, HOUR } from '../../model/span.ts'
import { countOf, type Open, setClock, T0, times } from './samples.ts'

const LIMIT = { burst: 10, perMinute: 2 }

/** Attempts are counted across all processes together. */
export function attemptPromises(open: Open): void {
  test('of fifty tries at once, at two processes, as many pass as are allowed, and time gives back at its pace', async () => {
    await using installation = await open()
    const other = await installation.again()
    const take = (now: number, i = 0) => {
      setClock(now, installation, other)
      return (i % 2 ? installation : other).stores.attempts.take('ann', LIMIT)
    }
    const outcomes = await Promise.all(times(50, i => take(T0, i)))
    assert.equal(countOf(outcomes, 'taken'), 10)
    assert.deepEqual(await take(T0), { left: 0 })
    assert.deepEqual(await take(T0 + 15_000), { left: 0.5 })
    assert.equal(await take(T0 + 30_000), 'taken')
    assert.deepEqual(await take(T0 + 30_000), { left: 0 })
    assert.equal(await installation.stores.attempts.take('bob', LIMIT), 'taken', 'each account has its own count')
    await other.engine.close()
  })

  test('a clock that is set back gives nothing back and keeps nobody waiting: time counts on from there', async () => {
    await using installation = await open()
    const take = (now: number) => {
      setClock(now, installation)
      return installation.stores.attempts.take('ann', LIMIT)
    }
    for (let i = 0; i < 10; i++) assert.equal(await take(T0), 'taken')
    const back = T0 - 3_600_000
    assert.deepEqual(await take(back), { left: 0 })
    assert.deepEqual(await take(back + 15_000), { left: 0.5 })
    assert.equal(await take(back + 30_000), 'taken')
    assert.deepEqual(await take(back - 3_600_000), { left: 0 }, 'set back once more, after a try that passed')
    assert.equal(await take(back - 3_570_000), 'taken')
  })

  test('what is given back can be taken again, and never becomes more than was there', async () => {
    await using installation = await open()
    const { attempts } = installation.stores
    setClock(T0, installation)
    await attempts.giveBack('ann')
    for (let i = 0; i < 3; i++) {
      assert.equal(await attempts.take('ann', LIMIT), 'taken')
      await attempts.giveBack('ann')
      await attempts.giveBack('ann')
    }
    const outcomes = await Promise.all(times(20, () => attempts.take('ann', LIMIT)))
    assert.equal(countOf(outcomes, 'taken'), 10)
  })

  test('a network is familiar once it was added, until it was not added again for long', async () => {
    await using installation = await open()
    const { familiar, retention } = installation.stores
    const add = async (at: number, ...keys: string[]) => {
      setClock(at, installation)
      await Promise.all(keys.map(key => familiar.add(key)))
    }
    assert.equal(await familiar.has('home'), false)
    await add(T0 - 91 * DAY, 'home', 'home', 'work')
    await add(T0 - 89 * DAY, 'home')
    await add(T0 - 90 * DAY, 'home') // A clock that was later set back wrote this row.
    setClock(T0, installation)
    const keep = { expired: 1, revoked: 1, usage: 1, networks: 1, minutes: 1, journal: 1 }
    await retention.purge(T0, {
      ...keep,
      revocations: 1,
      applications: 1,
      documents: 1,
      registrations: 1,
      notices: 1,
      turn: 0,
      limit: 10,
    })
    assert.deepEqual([await familiar.has('home'), await familiar.has('work')], [true, false])
  })

  test('counts that have long grown back are swept', async () => {
    await using installation = await open()
    const { attempts, retention } = installation.stores
    setClock(T0 - 4 * HOUR, installation)
    await attempts.take('old', LIMIT)
    setClock(T0, installation)
    await attempts.take('new', LIMIT)
    const keep = {
      expired: 1,
      revoked: 1,
      usage: 1,
      networks: 1,
      minutes: 1,
      journal: 1,
      revocations: 1,
      applications: 1,
      documents: 1,
      registrations: 1,
      notices: 1,
    }
    assert.equal(await retention.purge(T0, { ...keep, turn: 0, limit: 10 }), 1)
  })
}
