import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCredential, countOf, entry, type Open, times } from './samples.ts'

/** The behaviour of every engine for work that fails, comes too late, or is too much. */
export function enginePromises(open: Open): void {
  test('a transaction that throws leaves nothing behind, and those around it commit', async () => {
    await using installation = await open()
    const { engine, stores } = installation
    const put = (name: string, fail?: string) =>
      engine.write(async tx => {
        await tx.insertInto('settings').values({ name, value: name }).execute()
        if (fail) throw new Error(fail)
        return name
      })
    const outcomes = await Promise.allSettled([put('a'), put('b', 'no'), put('c'), put('a'), put('d')])
    assert.deepEqual(
      outcomes.map(({ status }) => status).sort(),
      ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'],
      'one throws, and of two with one name one fails',
    )
    for (const name of ['a', 'c', 'd']) assert.equal(await stores.settings.get(name), name)
    assert.equal(await stores.settings.get('b'), undefined)
  })

  test('closing finishes what is under way, takes nothing new, and may be asked for twice', async () => {
    await using installation = await open()
    const { engine, stores } = await installation.again()
    const issued = times(50, () => aCredential())
    const under = issued.map(one => stores.credentials.issue([one], entry()))
    const slow = engine.write(async tx => {
      await tx.insertInto('settings').values({ name: 'late', value: 'written' }).execute()
    })
    const closed = engine.close()
    await assert.rejects(stores.credentials.issue([aCredential()], entry()), { code: 'unavailable' })
    await assert.rejects(
      engine.write(async () => {}),
      { code: 'unavailable' },
    )
    await Promise.all([...under, slow, closed])
    await engine.close()
    const found = await Promise.all(issued.map(one => installation.stores.credentials.findAny(one.fingerprint)))
    assert.ok(found.every(one => one !== undefined))
    assert.equal(await installation.stores.settings.get('late'), 'written')
  })

  test('when far too many writes wait, the rest are told so at once, and those that wait are stored', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const all = times(21_000, () => aCredential())
    const outcomes = await Promise.all(
      all.map(one =>
        credentials.issue([one], entry()).then(
          () => 'stored',
          (error: { code: string }) => error.code,
        ),
      ),
    )
    assert.deepEqual([...new Set(outcomes)].sort(), ['overloaded', 'stored'])
    assert.equal(countOf(outcomes, 'stored'), 20_000)
    const last = all[outcomes.lastIndexOf('stored')]
    assert.ok(await credentials.findAny(last?.fingerprint ?? ''))
  })
}
