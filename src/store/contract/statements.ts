import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, HOUR } from '../../model/span.ts'
import { eraseStatementKeys, sweepEndedStatements } from '../sql/credentials/statements.ts'
import { aClient, countOf, entry, type Open, T0, times } from './samples.ts'

const anId = (i: number): string => String(i).padStart(24, '0')

/** Stored facts about access tokens without a row. */
export function statementPromises(open: Open): void {
  test('a token without a row is ended once: one call of many writes the entry and the line of the log', async () => {
    await using installation = await open()
    const again = await installation.again()
    const { endedStatements, revocations, journal } = installation.stores
    const one = { id: anId(1), endsAt: T0 + HOUR }
    const ended = await Promise.all(
      times(8, i => (i % 2 ? installation : again).stores.endedStatements.end(one, entry({ event: 'revoked' }))),
    )
    await again.engine.close()
    assert.equal(countOf(ended, 1), 1)
    assert.deepEqual(
      (await revocations.after(0, 10)).map(({ subject, subjectId }) => [subject, subjectId]),
      [['credential', one.id]],
    )
    assert.equal((await journal.list({ event: 'revoked' }, { limit: 10 })).items.length, 1)
    assert.deepEqual(await endedStatements.all(10), { ended: [one], floor: 0 })
    assert.deepEqual(await endedStatements.among([one.id, anId(2)]), { ended: [one], floor: 0 })
  })

  test('more ended ones than may be held are said to be too many, not given in part', async () => {
    await using installation = await open()
    const { endedStatements } = installation.stores
    for (let i = 0; i < 3; i++) await endedStatements.end({ id: anId(i), endsAt: T0 }, entry())
    assert.equal((await endedStatements.all(3)).ended?.length, 3)
    assert.equal((await endedStatements.all(2)).ended, undefined)
  })

  test('what is swept raises the floor to its largest end in the same step, and nothing lowers it', async () => {
    await using installation = await open()
    const { endedStatements } = installation.stores
    for (let i = 0; i < 5; i++) await endedStatements.end({ id: anId(i), endsAt: T0 + i }, entry())
    const sweep = (before: number, limit: number) =>
      installation.engine.write(tx => sweepEndedStatements(tx, before, limit))
    assert.equal(await sweep(T0 + 4, 2), 2)
    assert.equal((await endedStatements.all(10)).floor, T0 + 1)
    assert.equal(await sweep(T0 + 4, 10), 2)
    assert.deepEqual(await endedStatements.all(10), { ended: [{ id: anId(4), endsAt: T0 + 4 }], floor: T0 + 3 })
    await endedStatements.end({ id: anId(9), endsAt: T0 - DAY }, entry())
    await sweep(T0, 10)
    assert.equal((await endedStatements.among([])).floor, T0 + 3)
  })

  test('of several processes that renew the key one does; it is erased when its last token has ended, and the newest never', async () => {
    await using installation = await open()
    const again = await installation.again()
    const { statementKeys } = installation.stores
    const key = { sealedSecret: 'sealed', createdAt: T0, sealsFrom: T0 }
    const added = await Promise.all(
      times(8, i => (i % 2 ? installation : again).stores.statementKeys.add(key, undefined, entry())),
    )
    await again.engine.close()
    assert.equal(countOf(added, 'added' as const), 1)
    const [first] = await statementKeys.list()
    const next = { sealedSecret: 'next', createdAt: T0 + DAY, sealsFrom: T0 + DAY }
    assert.equal(await statementKeys.add(next, first?.number, entry()), 'added')
    assert.equal(await statementKeys.add(next, first?.number, entry()), 'there is another')
    const erase = (before: number) => installation.engine.write(tx => eraseStatementKeys(tx, before))
    assert.equal(await erase(T0 + DAY), 0)
    assert.equal(await erase(T0 + DAY + 1), 1)
    assert.equal(await erase(T0 + 400 * DAY), 0)
    assert.deepEqual(
      (await statementKeys.list()).map(({ sealedSecret }) => sealedSecret),
      ['next'],
    )
    const numbers = new Set([first?.number, (await statementKeys.list())[0]?.number])
    assert.equal(numbers.size, 2)
  })

  test('a client begins at the head of the log, so one that is made again repeats no epoch', async () => {
    await using installation = await open()
    const { clients } = installation.stores
    const client = aClient()
    const first = await clients.create(client, entry())
    await clients.delete(client.id, entry())
    const second = await clients.create(client, entry())
    assert.ok(second.epoch > first.epoch)
    assert.equal((await clients.byId(client.id))?.epoch, second.epoch)
  })
}
