import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Revocation, StoredJournalEntry } from '../../model/journal.ts'
import type { Page } from '../../ports/paging.ts'
import type { JournalStore } from '../../ports/stores.ts'
import { record } from '../sql/revocations.ts'
import { aCredential, aUser, countOf, entry, type Open, T0, times } from './samples.ts'

/** Reads all entries after this one, page by page. */
async function readOn(journal: JournalStore, last: StoredJournalEntry | undefined) {
  const seen: StoredJournalEntry[] = []
  let cursor: string | undefined = journal.cursorAfter(last ?? { id: 0 })
  while (cursor !== undefined) {
    const page: Page<StoredJournalEntry> = await journal.list({}, { limit: 7, order: 'oldest', cursor })
    seen.push(...page.items)
    cursor = page.nextCursor
  }
  return { seen, last: seen.at(-1) ?? last }
}

/** The revocation log, the journal, usage, settings, signing keys and stored answers. */
export function logPromises(open: Open): void {
  test('a follower of the revocation log sees every entry once, in order and without gaps, with twenty writers at work', async () => {
    await using installation = await open()
    const nodes = await Promise.all([installation.again(), installation.again()])
    const seen: Revocation[] = []
    let writing = true
    const follower = (async () => {
      for (let last = false; !last; ) {
        last = !writing
        const batch = await nodes[0].stores.revocations.after(seen.at(-1)?.seq ?? 0, 7)
        seen.push(...batch)
        if (batch.length > 0) last = false
        await new Promise(done => setImmediate(done))
      }
    })()
    const ids = await Promise.all(
      times(20, async i => {
        const { credentials } = [installation, ...nodes][i % 3]?.stores ?? installation.stores
        const mine = times(8, () => aCredential({ userId: `u${i}` }))
        await credentials.issue(mine, entry())
        for (const one of mine.slice(0, 5)) await credentials.revoke(one.id, entry({ event: 'revoked' }))
        await credentials.revokeAll({ userId: `u${i}` }, entry({ event: 'revoked' }))
        return [`u${i}`, ...mine.map(one => one.id)]
      }),
    )
    writing = false
    await follower
    for (const node of nodes) await node.engine.close()
    assert.deepEqual(
      seen.map(({ seq }) => seq),
      times(180, i => i + 1),
    )
    assert.deepEqual(new Set(seen.map(({ subjectId }) => subjectId)), new Set(ids.flat()))
    assert.equal((await installation.stores.revocations.head()).seq, 180)
  })

  test('a change that fails leaves no entry and no gap in the revocation log', async () => {
    await using installation = await open()
    const { users, revocations } = installation.stores
    await users.create(aUser({ handle: 'ada' }), entry())
    const bob = await users.create(aUser({ handle: 'bob' }), entry())
    assert.ok(bob !== 'name-taken')
    assert.equal(await users.change(bob.id, { handle: 'ada' }, entry()), 'name-taken')
    await users.change(bob.id, { firstName: 'Bob' }, entry())
    assert.deepEqual(
      (await revocations.after(0, 10)).map(({ seq }) => seq),
      [1],
    )
  })

  test('each log is named by its incarnation, which stays until the log is begun anew, by the first who asks for that', async () => {
    await using installation = await open()
    await using other = await open()
    const again = await installation.again()
    const { revocations, credentials } = installation.stores
    const first = await revocations.head()
    assert.notEqual(first.incarnation, (await other.stores.revocations.head()).incarnation)
    assert.deepEqual(await again.stores.revocations.head(), first)
    await credentials.revokeAll({ userId: 'u1' }, entry({ event: 'revoked' }))
    const next = { ...first, seq: 1 }
    assert.deepEqual(await revocations.head(), next)
    assert.deepEqual((await revocations.readFrom(1, 5)).entries, await revocations.after(0, 5))
    assert.deepEqual((await revocations.readFrom(1, 5)).head, next)

    const begun = await Promise.all(
      times(6, i => (i % 2 ? installation : again).stores.revocations.beginAnew(first.incarnation, entry())),
    )
    assert.equal(new Set(begun.map(({ incarnation }) => incarnation)).size, 1)
    assert.notEqual(begun[0]?.incarnation, first.incarnation)
    assert.equal(
      (await installation.stores.journal.list({}, { limit: 9 })).items.length,
      2,
      'one entry says that it was',
    )
    assert.deepEqual((await revocations.readFrom(1, 5)).head, begun[0])
    await credentials.revokeEverything(entry({ event: 'revoked' }))
    assert.notEqual((await again.stores.revocations.head()).incarnation, begun[0]?.incarnation)
    await again.engine.close()
  })

  test('the journal keeps what it was given, newest first, and finds it by who, what and which request', async () => {
    await using installation = await open()
    const { journal } = installation.stores
    const full = entry({
      at: T0 + 1,
      event: 'refused',
      about: 'client',
      aboutId: 'c1',
      actor: 'ü',
      userId: 'u1',
      clientId: 'c1',
      credentialId: 'k1',
      reason: 'client-unknown',
      requestId: 'r1',
      ip: '::1',
      detail: { because: ['…', 1, null], asked: { audiences: ['https://tickets.example'] } },
    })
    await journal.append([entry({ requestId: 'r0' }), full])
    const all = (await journal.list({}, { limit: 10 })).items
    assert.deepEqual(
      all.map(({ id: _, ...rest }) => rest),
      [full, entry({ requestId: 'r0' })],
    )
    for (const filter of [
      { event: 'refused' },
      { userId: 'u1' },
      { clientId: 'c1' },
      { credentialId: 'k1' },
      { requestId: 'r1' },
      { since: T0 + 1 },
      { events: ['refused', 'denied'] },
      { reasons: ['client-unknown', 'expired'] },
      { api: { clientId: 'ü', audience: 'https://a.example' } },
      { api: { clientId: 'none', audience: 'https://tickets.example' } },
      { mentions: { ids: ['u1', 'u2'], text: 'nothing' } },
      { mentions: { ids: [], text: 'CLIENT-UNK' } },
      { mentions: { ids: [], text: '::1' } },
    ] as const)
      assert.equal((await journal.list(filter, { limit: 10 })).items.length, 1)
    for (const filter of [
      { events: ['denied'] },
      { reasons: ['client'] },
      { mentions: { ids: ['u'], text: '%' } },
      { api: { clientId: 'none', audience: 'https://tickets' } },
    ] as const)
      assert.equal((await journal.list(filter, { limit: 10 })).items.length, 0)
    const page = await journal.list({}, { limit: 1 })
    assert.equal((await journal.list({}, { limit: 1, cursor: page.nextCursor as string })).items[0]?.requestId, 'r0')
  })

  test('a reader of the journal skips no entry of a transaction that commits late, in either order', async () => {
    await using installation = await open()
    const other = await installation.again()
    const { journal, settings } = installation.stores
    await settings.set('a', '1', entry({ requestId: 'first' }))
    const release = Promise.withResolvers<void>()
    const began = Promise.withResolvers<void>()
    const late = other.engine.write(async tx => {
      await record(tx, entry({ requestId: 'late' }))
      began.resolve()
      await release.promise
    })
    await began.promise
    const early = settings.set('b', '2', entry({ requestId: 'early' }))
    if (installation.engine.name === 'postgres') await early // SQLite allows only one write at a time
    const newest = journal.list({}, { limit: 1 })
    const oldest = readOn(journal, undefined)
    setTimeout(release.resolve, 50)
    await Promise.all([late, early])
    const { items, nextCursor: cursor } = await newest
    const older = cursor === undefined ? [] : (await journal.list({}, { limit: 5, cursor })).items
    const down = [...items, ...older].map(({ requestId }) => requestId)
    const { seen, last } = await oldest
    const up = [...seen, ...(await readOn(journal, last)).seen].map(({ requestId }) => requestId)
    await other.engine.close()
    assert.deepEqual(up.toSorted(), ['early', 'first', 'late'])
    assert.ok(down.includes('late') || !down.includes('early'), `read down: ${down}`)
  })

  test('with twenty writers at work, whoever follows the journal sees every entry once and in order', async () => {
    await using installation = await open()
    const nodes = await Promise.all([installation.again(), installation.again()])
    const { journal } = nodes[0].stores
    let writing = true
    const follower = (async () => {
      const all: StoredJournalEntry[] = []
      for (let last = false; !last; await new Promise(done => setImmediate(done))) {
        last = !writing
        all.push(...(await readOn(journal, all.at(-1))).seen)
      }
      return all
    })()
    await Promise.all(
      times(20, async i => {
        const { engine, stores } = [installation, ...nodes][i % 3] ?? installation
        for (let n = 0; n < 10; n++) {
          if (n % 2) await stores.journal.append([entry({ requestId: `${i} ${n}` })])
          else
            await engine.write(async tx => {
              await record(tx, entry({ requestId: `${i} ${n}` }))
              await tx.selectFrom('counters').selectAll().execute()
            })
        }
      }),
    )
    writing = false
    const ids = (await follower).map(({ requestId }) => requestId)
    for (const node of nodes) await node.engine.close()
    assert.equal(ids.length, 200)
    assert.equal(new Set(ids).size, 200)
  })

  test('usage counts add up, whichever process brings them and in whatever order', async () => {
    await using installation = await open()
    const again = await installation.again()
    const minute = Math.floor(T0 / 60_000)
    const one = aCredential()
    await installation.stores.credentials.issue([one], entry())
    const counts = times(250, i => ({
      minute,
      countedBy: i === 3 ? one.id : `k${i}`,
      kind: 'api-key',
      outcome: 'valid',
      count: 2,
    }))
    await Promise.all(
      times(10, i =>
        (i % 2 ? installation : again).stores.usage.add(
          i % 3 ? counts : counts.toReversed(),
          new Map([[one.id, T0 + i * 60_000]]),
          [],
        ),
      ),
    )
    await again.engine.close()
    const ask = { since: T0 - 60_000, until: T0 + 60_000, bucketMinutes: 5 }
    const at = (minute - (minute % 5)) * 60_000
    assert.deepEqual(await installation.stores.usage.read(ask), [
      { at, kind: 'api-key', outcome: 'valid', count: 5000 },
    ])
    assert.equal((await installation.stores.usage.read({ ...ask, countedBy: one.id }))[0]?.count, 20)
    assert.equal((await installation.stores.credentials.findAny(one.fingerprint))?.lastUsedAt, T0 + 9 * 60_000)
  })

  test('when a credential was last used is written at most once a minute, and never backwards', async () => {
    await using installation = await open()
    const { credentials, usage } = installation.stores
    const one = aCredential()
    await credentials.issue([one], entry())
    const used = async (at: number) => {
      await usage.add([], new Map([[one.id, at]]), [])
      return (await credentials.findAny(one.fingerprint))?.lastUsedAt
    }
    assert.equal(await used(T0), T0)
    assert.equal(await used(T0 + 59_000), T0)
    assert.equal(await used(T0 + 61_000), T0 + 61_000)
    assert.equal(await used(T0), T0 + 61_000)
  })

  test('of many who claim a setting at once one is obeyed by all', async () => {
    await using installation = await open()
    const again = await installation.again()
    const stored = await Promise.all(
      times(20, i => (i % 2 ? installation : again).stores.settings.claim('key-check', `value ${i}`)),
    )
    await again.engine.close()
    assert.equal(new Set(stored).size, 1)
    assert.equal(await installation.stores.settings.get('key-check'), stored[0])
    await installation.stores.settings.set('key-check', 'other', entry())
    assert.equal(await installation.stores.settings.get('key-check'), 'other')
    for (const value of ['first', 'second']) await installation.stores.settings.note('seen', value)
    assert.equal(await installation.stores.settings.get('seen'), 'second')
    assert.equal(await installation.stores.settings.get('nothing'), undefined)
  })

  test('of many requests with one key one does the work; later ones are given its answer until it ends', async () => {
    await using installation = await open()
    const again = await installation.again()
    const claim = { caller: 'u1', key: 'k', requestHash: 'h', at: T0, expiresAt: T0 + 1000 }
    const claims = await Promise.all(times(10, i => (i % 2 ? installation : again).stores.idempotency.claim(claim)))
    await again.engine.close()
    assert.equal(countOf(claims, 'claimed'), 1)
    const { idempotency } = installation.stores
    assert.deepEqual(await idempotency.claim(claim), { requestHash: 'h' })
    await idempotency.answer(claim, 'done')
    assert.deepEqual(await idempotency.claim({ ...claim, requestHash: 'x' }), { requestHash: 'h', answer: 'done' })
    assert.equal(await idempotency.claim({ ...claim, caller: 'u2' }), 'claimed')
    assert.equal(await idempotency.claim({ ...claim, at: T0 + 1001, expiresAt: T0 + 2000 }), 'claimed')
    await idempotency.release(claim)
    assert.equal(await idempotency.claim(claim), 'claimed')
  })
}
