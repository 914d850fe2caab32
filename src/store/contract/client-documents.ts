import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClientDocument } from '../../model/clients/client-document.ts'
import { DAY } from '../../model/span.ts'
import { aClient, aCredential, aGrant, entry, type Open, T0, times } from './samples.ts'

const id = (i: number) => `https://a.example/${i}`
const aDocument = (clientId: string, more: Partial<ClientDocument> = {}): ClientDocument => ({
  clientId,
  readAt: T0,
  askedAt: T0,
  freshUntil: T0 + 60_000,
  ...more,
})
const described = (clientId: string) => aClient({ id: clientId, source: 'document', type: 'public', secrets: [] })
const HOW = {
  expired: 900 * DAY,
  revoked: 900 * DAY,
  usage: 900 * DAY,
  networks: 900 * DAY,
  minutes: 900 * DAY,
  journal: 900 * DAY,
  revocations: 900 * DAY,
  applications: 900 * DAY,
  documents: 7 * DAY,
  registrations: 99 * DAY,
  notices: 7 * DAY,
}

const aGrantTo = (clientId: string) => {
  const grant = aGrant({ clientId })
  return [grant, aCredential({ kind: 'authorization-code', clientId, grantId: grant.id }), entry()] as const
}

/** Clients that are described by documents. */
export function clientDocumentPromises(open: Open): void {
  test('a document and its client are stored together, once, and read back as they were written', async () => {
    await using installation = await open()
    const again = await installation.again()
    const { clientDocuments, clients } = installation.stores
    const trouble = { is: 'withdrawn' as const, sentence: 'gone' }
    const document = aDocument(id(1), { trouble, version: { etag: 'W/"v1"', readAt: T0 - 5 } })
    const outcomes = await Promise.all(
      [installation.stores, again.stores].map(stores =>
        stores.clientDocuments.adopt(described(id(1)), document, 10, entry()),
      ),
    )
    await again.engine.close()
    assert.deepEqual(outcomes.toSorted(), ['adopted', 'taken'])
    assert.deepEqual(await clientDocuments.byClient(id(1)), document)
    assert.equal((await clients.byId(id(1)))?.source, 'document')
    await clients.delete(id(1), entry())
    assert.deepEqual(await clientDocuments.byClients([id(1), id(2)]), [])
  })

  test('of two attempts at the same moment one is noted, with its entry; a change is told to those who cache', async () => {
    await using installation = await open()
    const { clientDocuments, clients, revocations } = installation.stores
    const before = aDocument(id(1))
    await clientDocuments.adopt(described(id(1)), before, 10, entry())
    const after = aDocument(id(1), { readAt: T0 + 5, askedAt: T0 + 5, version: { etag: '"v2"', readAt: T0 + 5 } })
    const { website: _, reviewedAt: __, ...client } = described(id(1))
    const change = { ...client, name: 'New', identityChangedAt: T0 + 5 }
    const { seq } = await revocations.head()
    const outcomes = await Promise.all(times(2, () => clientDocuments.change(before, after, change, entry())))
    assert.deepEqual(outcomes.toSorted(), [false, true])
    assert.deepEqual(await clientDocuments.byClient(id(1)), after)
    const stored = await clients.byId(id(1))
    assert.deepEqual([stored?.name, stored?.website, stored?.identityChangedAt], ['New', undefined, T0 + 5])
    assert.deepEqual(
      (await revocations.after(seq, 10)).map(({ subject, subjectId }) => [subject, subjectId]),
      [['client', id(1)]],
    )
    await clientDocuments.note(before, aDocument(id(1), { askedAt: T0 + 9 }), entry())
    assert.deepEqual(await clientDocuments.byClient(id(1)), after)
  })

  test('beyond the most, the one asked for longest ago makes room; never one with a grant, blocked or reviewed', async () => {
    await using installation = await open()
    const { clientDocuments, clients, grants } = installation.stores
    const adopt = (i: number) =>
      clientDocuments.adopt(described(id(i)), aDocument(id(i), { askedAt: T0 + i }), 4, entry())
    for (const i of [1, 2, 3, 4]) assert.equal(await adopt(i), 'adopted')
    await grants.open(...aGrantTo(id(1)))
    await clients.change(id(2), { active: false }, entry())
    await clients.change(id(3), { reviewedAt: T0 }, entry())
    assert.equal(await adopt(5), 'adopted')
    const left = await Promise.all([1, 2, 3, 4, 5].map(async i => (await clients.byId(id(i))) !== undefined))
    assert.deepEqual(left, [true, true, true, false, true])
    await clients.change(id(5), { active: false }, entry())
    assert.equal(await adopt(6), 'full')
    assert.equal(await clients.byId(id(6)), undefined)
    assert.equal(await clientDocuments.byClient(id(6)), undefined)
  })

  test('a document that nobody asks for is swept after its time, unless something hangs on it', async () => {
    await using installation = await open()
    const { clientDocuments, clients, grants, retention } = installation.stores
    for (const i of [1, 2, 3, 4, 5])
      await clientDocuments.adopt(
        described(id(i)),
        aDocument(id(i), { askedAt: i === 5 ? T0 + 6 * DAY : T0 }),
        10,
        entry(),
      )
    await grants.open(...aGrantTo(id(1)))
    await clients.change(id(2), { active: false }, entry())
    await clients.change(id(3), { reviewedAt: T0 }, entry())
    for (const _ of times(3, () => 0)) await retention.purge(T0 + 8 * DAY, { ...HOW, turn: 0, limit: 100 })
    const left = await Promise.all([1, 2, 3, 4, 5].map(async i => (await clients.byId(id(i))) !== undefined))
    assert.deepEqual(left, [true, true, true, false, true])
    assert.equal(await clientDocuments.byClient(id(4)), undefined)
  })
}
