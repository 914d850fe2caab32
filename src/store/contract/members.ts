import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User } from '../../model/users/user.ts'
import type { Workspace } from '../../model/users/workspace.ts'
import { aCredential, aUser, countOf, entry, type Open, T0, times } from './samples.ts'

let count = 0
const aWorkspace = (fields: Partial<Workspace> = {}): Workspace => ({
  id: (++count).toString(16).padStart(24, '0'),
  name: `Workspace ${count}`,
  createdAt: T0,
  ...fields,
})

/** Workspaces, one-time codes, and users of other systems. */
export function memberPromises(open: Open): void {
  test('of several who found one workspace at once, one does; the others leave neither a user nor a name behind', async () => {
    await using installation = await open()
    const again = await installation.again()
    const users = times(6, i => aUser({ handle: `founder-${i}` }))
    const outcomes = await Promise.all(
      users.map((user, i) =>
        (i % 2 ? installation : again).stores.workspaces.register(
          user,
          { founds: aWorkspace({ name: 'One' }) },
          entry(),
        ),
      ),
    )
    await again.engine.close()
    assert.equal(countOf(outcomes, 'workspace-name-taken'), 5)
    assert.equal(await installation.stores.users.count(), 1)
    const loser = users[outcomes.indexOf('workspace-name-taken')]
    assert.equal(
      typeof (await installation.stores.users.create(aUser({ handle: loser?.handle ?? '' }), entry())),
      'object',
    )
  })

  test('a registration under a taken name founds nothing, and one into a workspace that is gone makes nobody', async () => {
    await using installation = await open()
    const { users, workspaces } = installation.stores
    await users.create(aUser({ handle: 'ada' }), entry())
    const place = aWorkspace()
    assert.equal(await workspaces.register(aUser({ handle: 'ADA' }), { founds: place }, entry()), 'name-taken')
    assert.equal(await workspaces.byName(place.name), undefined)
    const lost = workspaces.register(aUser({ handle: 'bob' }), { joins: 'f'.repeat(24) }, entry())
    assert.equal(await lost, 'workspace-unknown')
    assert.equal(await users.byName('bob'), undefined)
  })

  test('seats say what a user belongs to and as what, and go with the user', async () => {
    await using installation = await open()
    const { users, workspaces } = installation.stores
    const place = aWorkspace()
    const founder = (await workspaces.register(aUser(), { founds: place }, entry())) as User
    const guest = (await workspaces.register(aUser(), { joins: place.id }, entry())) as User
    const model = { id: 'a'.repeat(24), workspaceId: place.id, name: 'Plan', createdAt: T0 }
    assert.equal(await workspaces.addItem(model, guest.id, entry()), 'added')
    assert.deepEqual(await workspaces.seatsOf(guest.id), {
      workspaces: [{ ...place, role: 'member' }],
      models: [{ ...model, role: 'admin' }],
    })
    assert.equal(await workspaces.roleIn(place.id, founder.id), 'admin')
    await users.delete(guest.id, entry())
    assert.deepEqual(await workspaces.seatsOf(guest.id), { workspaces: [], models: [] })
    assert.equal(
      await workspaces.addItem({ ...model, workspaceId: 'f'.repeat(24) }, founder.id, entry()),
      'workspace-unknown',
    )
  })

  test('whoever is deleted because they administer nothing administers nothing, whatever they were given at that moment', async () => {
    await using installation = await open()
    const again = await installation.again()
    const { users, workspaces } = installation.stores
    const place = { id: 'd'.repeat(24), name: 'Shared', createdAt: T0 }
    const founder = (await workspaces.register(aUser(), { founds: place }, entry())) as User
    const rule = { leave: 'anybody', seats: 'none-as-admin' } as const
    assert.equal(await users.delete(founder.id, entry(), rule), 'administers-workspace')
    assert.ok(await users.byId(founder.id), 'nothing of it has happened')
    await Promise.all(
      times(12, async i => {
        const user = (await workspaces.register(aUser(), { joins: place.id }, entry())) as User
        const model = { id: `${i}`.padStart(24, 'e'), workspaceId: place.id, name: 'Plan', createdAt: T0 }
        const give = () => again.stores.workspaces.addItem(model, user.id, entry())
        const leave = () => users.delete(user.id, entry(), rule)
        const [one, other] = i % 2 ? [give, leave] : [leave, give]
        const outcomes = (await Promise.all([one(), other()])).map(String).toSorted()
        const kept = (await users.byId(user.id)) !== undefined
        assert.deepEqual(outcomes, kept ? ['added', 'administers-model'] : ['true', 'user-unknown'])
      }),
    )
    await again.engine.close()
  })

  test('a step of the one-time codes is spent once, whichever process hears it, and no earlier one after it', async () => {
    await using installation = await open()
    const again = await installation.again()
    const user = (await installation.stores.users.create(aUser(), entry())) as User
    const spent = await Promise.all(
      times(10, i => (i % 2 ? installation : again).stores.users.spendOtpStep(user.id, 59_000_000)),
    )
    await again.engine.close()
    assert.equal(countOf(spent, true), 1)
    const { users } = installation.stores
    assert.equal(await users.spendOtpStep(user.id, 58_999_999), false)
    assert.equal(await users.spendOtpStep(user.id, 59_000_001), true)
    assert.equal(await users.spendOtpStep('nobody', 1), false)
  })

  test('a change of a user ends what it should in the same transaction, and leaves the one that is named', async () => {
    await using installation = await open()
    const { users, credentials, revocations } = installation.stores
    const user = (await users.create(aUser(), entry())) as User
    const [one, kept, key] = [
      aCredential({ kind: 'user-token', userId: user.id }),
      aCredential({ kind: 'user-token', userId: user.id }),
      aCredential({ kind: 'api-key', userId: user.id }),
    ]
    await credentials.issue([one, kept, key], entry())
    const before = (await revocations.head()).seq
    await users.change(user.id, { password: 'x' }, entry(), { kinds: ['user-token'], except: kept.id })
    const ended = async (id: string) => (await credentials.byId(id))?.revokedAt !== undefined
    assert.deepEqual([await ended(one.id), await ended(kept.id), await ended(key.id)], [true, false, false])
    const logged = (await revocations.after(before, 10)).map(({ subject, subjectId }) => `${subject} ${subjectId}`)
    assert.deepEqual(logged.sort(), [`credential ${one.id}`, `user ${user.id}`].sort())
  })

  test('users of another system keep their numbers; new ones are counted on from the highest', async () => {
    await using installation = await open()
    const { users } = installation.stores
    const adopt = (number: number, handle: string) => users.adopt({ ...aUser({ handle }), number }, entry())
    assert.equal(await adopt(500, 'ada'), 'adopted')
    assert.equal(await adopt(7, 'bob'), 'adopted')
    assert.equal(await adopt(7, 'eve'), 'number-taken')
    assert.equal(await adopt(8, 'ADA'), 'name-taken')
    assert.equal(await users.byName('eve'), undefined)
    assert.equal(((await users.create(aUser(), entry())) as User).number, 501)
    assert.equal((await users.byNumber(7))?.handle, 'bob')
  })

  test('a credential made elsewhere is taken in once, and what is known of it stays', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const made = aCredential({ kind: 'token-pair' })
    await Promise.all(times(3, () => credentials.adopt(made, entry())))
    await credentials.revoke(made.id, entry())
    await credentials.adopt(made, entry())
    assert.equal((await credentials.findAny(made.fingerprint))?.revokedAt, T0)
  })

  test('what was kept of imported passwords is forgotten for everybody at once', async () => {
    await using installation = await open()
    const { users } = installation.stores
    for (const importedPassword of ['a', 'b']) await users.create(aUser({ importedPassword }), entry())
    const user = (await users.create(aUser(), entry())) as User
    assert.equal(await users.forgetImportedPasswords(entry()), 2)
    assert.equal(await users.forgetImportedPasswords(entry()), 0)
    assert.equal((await users.byId(user.id))?.importedPassword, undefined)
  })
}
