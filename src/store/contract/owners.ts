import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Client } from '../../model/clients/client.ts'
import type { User } from '../../model/users/user.ts'
import { aClient, aCredential, aGrant, aUser, countOf, entry, type Open, T0, times } from './samples.ts'

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter(text => !text.includes('\0'))

/** Users, clients, resource servers, scopes. */
export function ownerPromises(open: Open): void {
  test('users and clients are read back as they were written, in any script', async () => {
    await using installation = await open()
    const { users, clients } = installation.stores
    await fc.assert(
      fc.asyncProperty(words, words, fc.array(words, { maxLength: 4 }), async (name, other, list) => {
        const made = await users.create(aUser({ firstName: name, lastName: other, scopes: list }), entry())
        assert.ok(made !== 'name-taken')
        assert.deepEqual(await users.byId(made.id), made)
        assert.deepEqual(await users.byNumber(made.number), made)
        assert.deepEqual(await users.byName(made.handle.toUpperCase()), made)
        const client = await clients.create(
          aClient({ name, website: other, scopes: list, redirectUris: list }),
          entry(),
        )
        assert.deepEqual(await clients.byId(client.id), client)
      }),
      { numRuns: 20 },
    )
  })

  test('of two registrations of one name at once, in any letter case or as e-mail address, one wins', async () => {
    await using installation = await open()
    const again = await installation.again()
    const made = await Promise.all([
      installation.stores.users.create(aUser({ handle: 'Ada', email: 'ada@example.org' }), entry()),
      again.stores.users.create(aUser({ handle: 'ADA' }), entry()),
      installation.stores.users.create(aUser({ handle: 'ada', email: 'other@example.org' }), entry()),
      again.stores.users.create(aUser({ handle: 'ada@example.org', email: 'ada' }), entry()),
    ])
    await again.engine.close()
    assert.equal(
      countOf(
        made.map(one => one === 'name-taken'),
        true,
      ),
      3,
    )
    assert.equal(await installation.stores.users.count(), 1)
    assert.equal(await installation.stores.users.create(aUser({ handle: 'ada' }), entry()), 'name-taken')
  })

  test('a lost registration leaves no name taken behind', async () => {
    await using installation = await open()
    const { users } = installation.stores
    await users.create(aUser({ handle: 'ada' }), entry())
    assert.equal(await users.create(aUser({ handle: 'bob', email: 'ada' }), entry()), 'name-taken')
    assert.notEqual(await users.create(aUser({ handle: 'bob' }), entry()), 'name-taken')
    const ada = (await users.byName('ada')) as User
    assert.equal(await users.change(ada.id, { handle: 'BOB' }, entry()), 'name-taken')
    assert.equal((await users.byName('ada'))?.handle, 'ada')
  })

  test('of many who are first by different links one becomes owner, of many by one link one, and losers spend nothing', async () => {
    await using installation = await open()
    const again = await installation.again()
    const links = times(6, () => aCredential({ kind: 'setup-link' }))
    await installation.stores.credentials.issue(links, entry())
    const by = (link: (typeof links)[number], opensFor: 'first' | 'another', i = 0) =>
      (i % 2 ? again : installation).stores.users.createByLink(
        aUser({ role: 'owner' }),
        { fingerprint: link.fingerprint, opensFor },
        entry(),
      )
    const first = await Promise.all(links.map((link, i) => by(link, 'first', i)))
    assert.equal(countOf(first, 'admin-exists'), 5)
    assert.equal(await installation.stores.users.countByRole('owner'), 1)
    const left = links.filter((_, i) => first[i] === 'admin-exists')
    for (const { fingerprint } of left)
      assert.equal((await installation.stores.credentials.findAny(fingerprint))?.spentAt, undefined)
    const [one = links[0]] = left
    const same = await Promise.all(times(6, i => by(one as (typeof links)[number], 'another', i)))
    await again.engine.close()
    assert.equal(countOf(same, 'spent'), 5)
    assert.equal(await installation.stores.users.count(), 2)
  })

  test('numbers only go up and are never given twice, also after deletions and lost registrations', async () => {
    await using installation = await open()
    const again = await installation.again()
    const made = (await Promise.all(
      times(20, i => (i % 2 ? installation : again).stores.users.create(aUser(), entry())),
    )) as User[]
    await again.engine.close()
    const numbers = made.map(user => user.number)
    assert.equal(new Set(numbers).size, 20)
    const last = Math.max(...numbers)
    for (const user of made) await installation.stores.users.delete(user.id, entry())
    assert.equal(await installation.stores.users.count(), 0)
    const next = (await installation.stores.users.create(aUser(), entry())) as User
    assert.ok(next.number > last)
  })

  test('an application is handed over to a user who is there and active, and to nobody else', async () => {
    await using installation = await open()
    const { clients, users, revocations } = installation.stores
    const [heir, gone] = [await users.create(aUser(), entry()), await users.create(aUser({ active: false }), entry())]
    assert.ok(heir !== 'name-taken' && gone !== 'name-taken')
    const client = await clients.create(aClient(), entry())
    assert.equal(await clients.change(client.id, { ownerId: gone.id }, entry()), undefined)
    assert.equal(await clients.change(client.id, { ownerId: 'nobody' }, entry()), undefined)
    assert.deepEqual(await clients.byId(client.id), client)
    const changed = await clients.change(client.id, { ownerId: heir.id }, entry())
    assert.deepEqual(changed, { ...client, ownerId: heir.id })
    const last = (await revocations.after(0, 50)).at(-1)
    assert.deepEqual([last?.subject, last?.subjectId], ['client', client.id])
  })

  test('a change writes what it names and clears what is null, and is told to those who cache', async () => {
    await using installation = await open()
    const { users, revocations } = installation.stores
    const user = (await users.create(
      aUser({ email: 'a@b.example', firstName: 'Ada', scopes: ['read'] }),
      entry(),
    )) as User
    const changed = await users.change(user.id, { firstName: null, email: null, role: 'admin', active: false }, entry())
    const { firstName: _, email: __, ...kept } = user
    assert.deepEqual(changed, { ...kept, role: 'admin', active: false })
    assert.equal(await users.byName('a@b.example'), undefined)
    assert.equal(await users.change('nobody', { active: true }, entry()), undefined)
    assert.equal((await revocations.after(0, 10)).at(-1)?.effect, 'revoked')
    assert.equal(await users.countByRole('admin'), 0)
    const back = await users.change(user.id, { active: true }, entry())
    assert.equal((await revocations.after(0, 10)).at(-1)?.effect, 'changed')
    assert.deepEqual(await users.change(user.id, {}, entry()), back, 'a change of nothing changes nothing')
    assert.equal(await users.countByRole('admin'), 1)
  })

  test('a deleted user and a deleted client leave nothing alive', async () => {
    await using installation = await open()
    const { users, clients, credentials, grants } = installation.stores
    const user = (await users.create(aUser(), entry())) as User
    const client = await clients.create(aClient(), entry())
    const ofUser = aGrant({ userId: user.id })
    const ofClient = aGrant({ clientId: client.id })
    const one = aCredential({ userId: user.id, grantId: ofUser.id })
    const two = aCredential({ clientId: client.id, grantId: ofClient.id })
    await grants.open(ofUser, one, entry())
    await grants.open(ofClient, two, entry())
    assert.equal(await users.delete(user.id, entry()), true)
    assert.equal(await users.delete(user.id, entry()), false)
    assert.equal(await clients.delete(client.id, entry()), true)
    assert.equal(await clients.delete(client.id, entry()), false)
    for (const dead of [one, two]) assert.equal((await credentials.findAny(dead.fingerprint))?.revokedAt, T0)
    for (const dead of [ofUser, ofClient]) assert.equal((await grants.byId(dead.id))?.revokedAt, T0)
    assert.equal(await users.byName(user.handle), undefined)
    assert.equal(await clients.byId(client.id), undefined)
  })

  test('an application stands and falls with whoever registered it, and the log names both', async () => {
    await using installation = await open()
    const { users, clients, credentials, revocations } = installation.stores
    const owner = (await users.create(aUser(), entry())) as User
    const owned = await clients.create(aClient({ ownerId: owner.id }), entry())
    const orphan = await clients.create(aClient(), entry())
    const token = aCredential({ clientId: owned.id })
    await credentials.issue([token], entry())
    const states = async () => [
      (await clients.byId(owned.id))?.ownerDisabled,
      (await clients.byNumber(owned.number))?.ownerDisabled,
      (await clients.byIds([owned.id]))[0]?.ownerDisabled,
      (await clients.list({ ownerId: owner.id }, { limit: 1 })).items[0]?.ownerDisabled,
      (await clients.change(owned.id, {}, entry()))?.ownerDisabled,
      (await credentials.facts(token.fingerprint))?.client?.ownerDisabled,
    ]
    const logged = async (since: number) =>
      (await revocations.after(since, 9)).map(({ subject, subjectId, effect }) => [subject, subjectId, effect])
    const told = (effect: string) => [
      ['user', owner.id, effect],
      ['client', owned.id, effect],
    ]
    assert.deepEqual(
      await states(),
      times(6, () => undefined),
    )
    let head = (await revocations.head()).seq
    await users.change(owner.id, { active: false }, entry())
    assert.deepEqual(await logged(head), told('revoked'))
    assert.deepEqual(
      await states(),
      times(6, () => true),
    )
    assert.equal((await clients.byId(orphan.id))?.ownerDisabled, undefined)
    head = (await revocations.head()).seq
    await users.change(owner.id, { active: true }, entry())
    assert.deepEqual(await logged(head), told('changed'))
    assert.deepEqual(
      await states(),
      times(6, () => undefined),
    )
    head = (await revocations.head()).seq
    await users.delete(owner.id, entry())
    assert.deepEqual(await logged(head), told('revoked'))
    assert.deepEqual(
      await states(),
      times(6, () => true),
    )
  })

  test('a list of users is searched by the start of a name and paged from the newest', async () => {
    await using installation = await open()
    const { users } = installation.stores
    for (const i of times(12, i => i))
      await users.create(aUser({ handle: `Änne${i}`, email: `p${i}@ex.example` }), entry())
    await users.create(aUser({ handle: 'bert' }), entry())
    const first = await users.list({ limit: 5, search: 'äNNe' })
    assert.deepEqual(
      first.items.map(user => user.handle),
      ['Änne11', 'Änne10', 'Änne9', 'Änne8', 'Änne7'],
    )
    const second = await users.list({ limit: 50, search: 'ännE', cursor: first.nextCursor as string })
    assert.equal(second.items.length, 7)
    assert.equal(second.nextCursor, undefined)
    assert.equal((await users.list({ limit: 5, search: 'p3@ex' })).items.length, 1)
    assert.equal((await users.list({ limit: 5, search: '%' })).items.length, 0)
  })

  test('a new secret ends the others when it says so, and those that ended sooner stay ended', async () => {
    await using installation = await open()
    const { clients } = installation.stores
    const client = await clients.create(aClient(), entry())
    const secret = { fingerprint: 'f'.repeat(64), hint: '…1111', createdAt: T0 + 1 }
    assert.equal(await clients.addSecret(client.id, secret, T0 + 500, entry()), true)
    assert.equal(
      await clients.addSecret('nobody', { ...secret, fingerprint: 'e'.repeat(64) }, undefined, entry()),
      false,
    )
    const { secrets } = (await clients.byId(client.id)) as Client
    assert.deepEqual(
      secrets.map(({ hint, expiresAt }) => ({ hint, expiresAt })),
      [
        { hint: '…1111', expiresAt: undefined },
        { hint: client.secrets[0]?.hint, expiresAt: T0 + 500 },
      ],
    )
  })

  test('of two resource servers with one audience one is made, and none leaves a client behind', async () => {
    await using installation = await open()
    const { resources, clients } = installation.stores
    const make = () => {
      const client = aClient({ source: 'resource-server' })
      const resource = {
        audience: 'https://api.example',
        name: 'API',
        clientId: client.id,
        scopes: ['read'],
        tokenFormat: 'jwt' as const,
        strictAudience: true,
        rollingExpSeconds: 3600,
        createdAt: T0,
      }
      return { resource, client }
    }
    const asks = times(5, make)
    const outcomes = await Promise.all(asks.map(ask => resources.create(ask.resource, ask.client, entry())))
    assert.equal(countOf(outcomes, 'created'), 1)
    const winner = asks[outcomes.indexOf('created')]
    assert.deepEqual(await resources.byAudience('https://api.example'), winner?.resource)
    assert.equal((await clients.list({}, { limit: 10 })).items.length, 1)
    const changed = await resources.change(
      'https://api.example',
      { scopes: ['a', 'b'], strictAudience: false },
      entry(),
    )
    assert.deepEqual(changed, await resources.byClient(winner?.client.id ?? ''))
    assert.equal(changed?.rollingExpSeconds, 3600)
    const without = await resources.change('https://api.example', { rollingExpSeconds: null }, entry())
    assert.equal(without?.rollingExpSeconds, undefined)
    assert.equal(await resources.delete('https://api.example', entry()), true)
    assert.equal(await clients.byId(winner?.client.id ?? ''), undefined)
    assert.deepEqual(await resources.list(), [])
  })

  test('scopes are written over and deleted by name', async () => {
    await using installation = await open()
    const { scopes } = installation.stores
    await scopes.put({ scope: 'read', sentence: 'Lesen', risk: 'low' }, entry())
    await scopes.put({ scope: 'read', sentence: 'Alles lesen', risk: 'high' }, entry())
    assert.deepEqual(await scopes.list(), [{ scope: 'read', sentence: 'Alles lesen', risk: 'high' }])
    assert.equal(await scopes.delete('read', entry()), true)
    assert.equal(await scopes.delete('read', entry()), false)
  })
}
