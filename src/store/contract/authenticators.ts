import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User } from '../../model/users/user.ts'
import type { AuthenticatorChange } from '../../ports/authenticators.ts'
import type { Tables } from '../tables.ts'
import { aUser, countOf, entry, type Open, type Opened, T0, times } from './samples.ts'

/** Authenticators of users, also with a parallel process of an older version that knows only the columns of users. */
export function authenticatorPromises(open: Open): void {
  const made = async ({ stores }: Opened, password = '$argon2id$one'): Promise<User> =>
    (await stores.users.create(aUser({ password }), entry())) as User
  const said = async ({ stores }: Opened, { id }: Pick<User, 'id'>) =>
    (await stores.authenticators.ofUser(id)).map(({ method, state, data }) => `${method} ${state} ${data}`).toSorted()
  const set = ({ stores }: Opened, { id }: Pick<User, 'id'>, ...authenticators: AuthenticatorChange[]) =>
    stores.users.change(id, { authenticators }, entry()) as Promise<User>
  const code = (state: 'active' | 'pending', ...data: string[]): AuthenticatorChange => ({
    method: 'one-time-code',
    state,
    data,
  })
  const recovery = (...data: string[]): AuthenticatorChange => ({ method: 'recovery-code', state: 'active', data })
  /** Writes the columns as a process of an older version does. */
  const older = ({ engine }: Opened, { id }: Pick<User, 'id'>, columns: Partial<Tables['users']>) =>
    engine.write(tx => tx.updateTable('users').set(columns).where('id', '=', id).execute())
  const rowsOf = async ({ engine }: Opened, { id }: Pick<User, 'id'>) =>
    (await engine.db.selectFrom('authenticators').selectAll().where('user_id', '=', id).orderBy('id').execute()).map(
      ({ method, state, data }) => `${method} ${state} ${data}`,
    )

  test('a user begins with the password they were made with, a new one takes its place, and who has none has no row', async () => {
    await using installation = await open()
    const { users, authenticators } = installation.stores
    const user = await made(installation)
    assert.equal(user.hasPassword, true)
    const [first] = await authenticators.ofUser(user.id)
    assert.deepEqual([first?.data, first?.createdAt, first?.lastUsedAt], ['$argon2id$one', T0, undefined])
    await users.change(user.id, { password: '$argon2id$two' }, entry({ at: T0 + 5 }))
    const [second, ...more] = await authenticators.ofUser(user.id)
    assert.deepEqual([second?.data, second?.createdAt, more.length], ['$argon2id$two', T0 + 5, 0])
    const plain = (await users.create(aUser(), entry())) as User
    assert.deepEqual([plain.hasPassword, await said(installation, plain)], [false, []])
    const adopted = aUser({ password: 'bcrypt$1' })
    await users.adopt({ ...adopted, number: 70 }, entry())
    assert.deepEqual(await said(installation, adopted), ['password active bcrypt$1'])
    assert.deepEqual(await authenticators.ofUser('nobody'), [])
  })

  test('a second factor counts once it is active; removing it leaves the password and nothing else', async () => {
    await using installation = await open()
    const user = await made(installation)
    assert.equal((await set(installation, user, code('pending', 'new'))).secondFactor, false)
    const on = await set(installation, user, code('pending'), code('active', 'new'), recovery('r1', 'r2'))
    assert.equal(on.secondFactor, true)
    assert.equal((await set(installation, user, code('pending', 'newer'))).secondFactor, true)
    assert.deepEqual(await said(installation, user), [
      'one-time-code active new',
      'one-time-code pending newer',
      'password active $argon2id$one',
      'recovery-code active r1',
      'recovery-code active r2',
    ])
    const off = await set(installation, user, code('pending'), code('active'), recovery())
    assert.equal(off.secondFactor, false)
    assert.deepEqual(await said(installation, user), ['password active $argon2id$one'])
    assert.deepEqual(await rowsOf(installation, user), await said(installation, user))
  })

  test('what an older process writes to the columns counts at once, and rows made of it take its place with the next change', async () => {
    await using installation = await open()
    const user = await made(installation)
    await set(installation, user, code('active', 'mine'), recovery('r1'))
    await older(installation, user, { password: 'older' })
    await older(installation, user, { otp_secret: 'theirs', otp_pending: 'waits' })
    const now = ['one-time-code active theirs', 'one-time-code pending waits', 'password active older']
    assert.deepEqual(await said(installation, user), now, 'recovery codes of another device do not outlive it')
    await set(installation, user, code('pending', 'mine again'))
    const after = ['one-time-code active theirs', 'one-time-code pending mine again', 'password active older']
    assert.deepEqual(await said(installation, user), after)
    assert.deepEqual((await rowsOf(installation, user)).toSorted(), after)

    await older(installation, user, { password: null, otp_secret: null, otp_pending: null, otp_validated: 0 })
    assert.deepEqual(await said(installation, user), [])
    await set(installation, user, code('active', 'third'))
    assert.deepEqual(await rowsOf(installation, user), ['one-time-code active third'])
    const bare = (await installation.stores.users.create(aUser(), entry())) as User
    await older(installation, bare, { password: 'theirs' })
    assert.deepEqual(await said(installation, bare), ['password active theirs'])
  })

  test('an older process finds in the columns what was written here', async () => {
    await using installation = await open()
    const user = await made(installation)
    const columns = () =>
      installation.engine.db
        .selectFrom('users')
        .select(['password', 'otp_secret', 'otp_validated', 'otp_pending'])
        .where('id', '=', user.id)
        .executeTakeFirst()
    await set(installation, user, code('pending', 'sealed'))
    const waits = { password: '$argon2id$one', otp_secret: null, otp_validated: 0, otp_pending: 'sealed' }
    assert.deepEqual({ ...(await columns()) }, waits)
    await set(installation, user, code('pending'), code('active', 'sealed'))
    await installation.stores.users.rehash(user, '$argon2id$anew', entry())
    assert.deepEqual(
      { ...(await columns()) },
      { password: '$argon2id$anew', otp_secret: 'sealed', otp_validated: 1, otp_pending: null },
    )
    assert.deepEqual(await said(installation, user), ['one-time-code active sealed', 'password active $argon2id$anew'])
    await set(installation, user, code('active'))
    assert.equal((await columns())?.otp_validated, 0)
  })

  test('the latest use is kept to the hour, also of what an older process set', async () => {
    await using installation = await open()
    const { authenticators } = installation.stores
    const user = await made(installation)
    const use = async (at: number) => {
      const [own] = await authenticators.ofUser(user.id)
      assert.ok(own)
      await authenticators.markUsed(own, at)
      return (await authenticators.ofUser(user.id))[0]?.lastUsedAt
    }
    assert.equal(await use(T0 + 1000), T0 + 1000)
    assert.equal(await use(T0 + 2000), T0 + 1000)
    assert.equal(await use(T0 + 3_700_000), T0 + 3_700_000)
    await older(installation, user, { password: 'older' })
    assert.equal(await use(T0 + 4_000_000), T0 + 4_000_000)
    assert.deepEqual(await rowsOf(installation, user), ['password active older'])
  })

  test('a code that is good once is spent by one of those who ask at once, and new codes end the ones before', async () => {
    await using installation = await open()
    const again = await installation.again()
    const user = await made(installation)
    await set(installation, user, code('active', 'device'), recovery('r1', 'r2'))
    const one = (await installation.stores.authenticators.ofUser(user.id)).find(({ data }) => data === 'r1')
    assert.ok(one)
    const spent = await Promise.all(
      times(10, i => (i % 2 ? installation : again).stores.authenticators.spend(one, entry({ event: 'changed' }))),
    )
    await again.engine.close()
    assert.equal(countOf(spent, true), 1)
    assert.ok((await said(installation, user)).includes('recovery-code spent r1'))
    const journal = await installation.stores.journal.list({ event: 'changed' }, { limit: 10 })
    assert.equal(journal.items.length, 1, 'entered once')

    const other = (await installation.stores.authenticators.ofUser(user.id)).find(({ data }) => data === 'r2')
    assert.ok(other)
    await set(installation, user, recovery('r3'))
    assert.equal(await installation.stores.authenticators.spend(other, entry()), false)
    assert.deepEqual(
      (await said(installation, user)).filter(text => text.startsWith('recovery')),
      ['recovery-code active r3'],
    )
  })

  test('authenticators go with their user, whichever version removes the user', async () => {
    await using installation = await open()
    const [one, two] = [await made(installation), await made(installation)]
    await set(installation, one, code('active', 'device'), recovery('r1'))
    await installation.stores.users.delete(one.id, entry())
    await installation.engine.write(tx => tx.deleteFrom('users').where('id', '=', two.id).execute())
    assert.deepEqual(await installation.engine.db.selectFrom('authenticators').selectAll().execute(), [])
  })
}
