import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Credential } from '../../model/credentials/credential.ts'
import { anyCredential } from './any-credential.ts'
import { aClient, aCredential, aFamily, aGrant, aUser, countOf, entry, type Open, T0, times } from './samples.ts'

export function credentialPromises(open: Open): void {
  test('whatever text and numbers a credential holds, it is read back as it was written', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    await fc.assert(
      fc.asyncProperty(fc.array(anyCredential, { minLength: 1, maxLength: 20 }), async written => {
        const plain = written.map(one => JSON.parse(JSON.stringify(one)) as Credential)
        await credentials.issue(plain, entry())
        assert.deepEqual(await Promise.all(plain.map(one => credentials.findAny(one.fingerprint))), plain)
        assert.deepEqual(await Promise.all(plain.map(one => credentials.byId(one.id))), plain)
      }),
      { numRuns: 25 },
    )
  })

  test('one look-up brings the credential with its user, client and grant; what is missing stays absent', async () => {
    await using installation = await open()
    const { credentials, users, clients, grants } = installation.stores
    const user = await users.create(aUser({ scopes: ['read'] }), entry())
    assert.ok(user !== 'name-taken')
    const client = await clients.create(aClient(), entry())
    const grant = aGrant({ clientId: client.id, userId: user.id, expiresAt: T0 + 5 })
    const full = aCredential({ userId: user.id, clientId: client.id, grantId: grant.id })
    await grants.open(grant, full, entry())
    const bare = aCredential()
    await credentials.issue([bare], entry())
    const [facts, same, bareFacts, none] = await Promise.all([
      credentials.facts(full.fingerprint),
      credentials.facts(full.fingerprint),
      credentials.facts(bare.fingerprint),
      credentials.facts('0'.repeat(64)),
    ])
    assert.deepEqual(facts?.user, user)
    assert.deepEqual(facts?.client, { ...client, secrets: [] })
    assert.deepEqual(facts?.grant, { ...grant, endsAt: full.expiresAt })
    assert.deepEqual(same, facts)
    assert.deepEqual(bareFacts, { credential: bare })
    assert.equal(none, undefined)
  })

  test('a session keeps that it was proven again, and every follower of the log reads it anew; one that ended keeps nothing', async () => {
    await using installation = await open()
    const { credentials, revocations } = installation.stores
    const session = aCredential({
      kind: 'session',
      data: { authentication: { at: T0, methods: ['pwd'] }, device: { ip: '::1' } },
    })
    await credentials.issue([session], entry())
    const { seq } = await revocations.head()
    const data = { ...session.data, authentication: { at: T0, methods: ['pwd', 'otp'] as const }, provenAt: T0 + 9 }
    assert.equal(await credentials.prove({ ...session, data }, entry({ event: 'changed' })), true)
    assert.deepEqual((await credentials.find('session', session.fingerprint))?.data, data)
    const [told] = await revocations.after(seq, 10)
    assert.deepEqual([told?.subject, told?.subjectId, told?.effect], ['credential', session.id, 'changed'])
    await credentials.revoke(session.id, entry({ event: 'revoked' }))
    assert.equal(await credentials.prove({ ...session, data: { ...data, provenAt: T0 + 20 } }, entry()), false)
    assert.equal((await credentials.find('session', session.fingerprint))?.data.provenAt, T0 + 9)
  })

  test('a thousand look-ups at once find each its own', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const all = times(1000, () => aCredential())
    await credentials.issue(all, entry())
    const found = await Promise.all(all.map(one => credentials.facts(one.fingerprint)))
    assert.deepEqual(
      found.map(facts => facts?.credential.id),
      all.map(one => one.id),
    )
  })

  test('a credential that cannot be stored fails alone; those issued in the same moment are stored', async () => {
    await using installation = await open()
    const { credentials, journal } = installation.stores
    const first = aCredential()
    await credentials.issue([first], entry())
    const good = times(20, () => aCredential())
    const outcomes = await Promise.allSettled([
      ...good.slice(0, 10).map(one => credentials.issue([one], entry({ aboutId: one.id }))),
      credentials.issue([aCredential(), first], entry({ aboutId: 'bad' })),
      ...good.slice(10).map(one => credentials.issue([one], entry({ aboutId: one.id }))),
    ])
    assert.equal(outcomes.filter(one => one.status === 'rejected').length, 1)
    assert.equal(outcomes[10]?.status, 'rejected')
    for (const one of good) assert.ok(await credentials.findAny(one.fingerprint))
    const told = (await journal.list({}, { limit: 100 })).items.map(item => item.aboutId)
    assert.equal(countOf(told, 'bad'), 0)
    assert.deepEqual(good.filter(one => countOf(told, one.id) !== 1).length, 0)
  })

  test('an id is found by its whole 24 digits alone', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const one = aCredential()
    await credentials.issue([one], entry())
    assert.equal(await credentials.byId(one.id.slice(0, 23)), undefined)
    assert.equal(await credentials.byId(one.fingerprint), undefined)
    assert.equal(await credentials.byId(`${one.id.slice(0, 23)}%`), undefined)
    assert.equal(await credentials.revoke(one.id.slice(0, 10), entry()), 0)
    assert.equal((await credentials.findAny(one.fingerprint))?.revokedAt, undefined)
  })

  test('pages go through a growing list without skipping or repeating, also when times are equal', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const mine = times(57, i => aCredential({ userId: 'u1', createdAt: T0 + Math.floor(i / 10) }))
    await credentials.issue(mine, entry())
    await credentials.issue([aCredential({ userId: 'u2' })], entry())
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await credentials.list({ userId: 'u1' }, { limit: 10, ...(cursor && { cursor }) })
      seen.push(...page.items.map(item => item.id))
      cursor = page.nextCursor
      await credentials.issue([aCredential({ userId: 'u1', createdAt: T0 + 1000 })], entry()) // newer than the cursor
    } while (cursor)
    const order = mine.toSorted((a, b) => b.createdAt - a.createdAt || (a.fingerprint < b.fingerprint ? 1 : -1))
    assert.deepEqual(
      seen,
      order.map(one => one.id),
    )
  })

  test('a list is filtered by status, kind, client and grant', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const now = Date.now()
    const make = (name: string, fields: Partial<Credential>) => aCredential({ name, createdAt: now, ...fields })
    await credentials.issue(
      [
        make('living', { expiresAt: now + 60_000, clientId: 'c1' }),
        make('expired', { expiresAt: now - 1 }),
        make('revoked', { revokedAt: now - 1, grantId: 'g1' }),
        make('endless', { kind: 'api-key' }),
      ],
      entry(),
    )
    const names = async (filter: Parameters<typeof credentials.list>[0]) =>
      (await credentials.list(filter, { limit: 10 })).items.map(item => item.name).sort()
    assert.deepEqual(await names({ status: 'active' }), ['endless', 'living'])
    assert.deepEqual(await names({ status: 'expired' }), ['expired'])
    assert.deepEqual(await names({ status: 'revoked' }), ['revoked'])
    assert.deepEqual(await names({ kinds: ['api-key'] }), ['endless'])
    assert.deepEqual(await names({ clientId: 'c1' }), ['living'])
    assert.deepEqual(await names({ grantId: 'g1' }), ['revoked'])
  })

  test('a cursor that is not ours is refused as such', async () => {
    await using installation = await open()
    for (const cursor of ['', 'x', Buffer.from('{"a":1}').toString('base64url'), Buffer.from('[1]').toString('base64')])
      await assert.rejects(installation.stores.credentials.list({}, { limit: 5, cursor: cursor || '!' }), {
        code: 'parameter-invalid',
      })
  })

  test('a revoked credential is revoked once, with its entry in the log', async () => {
    await using installation = await open()
    const { credentials, revocations } = installation.stores
    const one = aCredential()
    await credentials.issue([one], entry())
    const counts = await Promise.all(times(10, () => credentials.revoke(one.id, entry({ event: 'revoked' }))))
    assert.equal(countOf(counts, 1), 1)
    assert.equal((await credentials.findAny(one.fingerprint))?.revokedAt, T0)
    const log = await revocations.after(0, 100)
    assert.deepEqual(
      log.map(({ subject, subjectId }) => ({ subject, subjectId })),
      [{ subject: 'credential', subjectId: one.id }],
    )
  })

  test('revoking all of a user takes every kind that was named, its grants with it, and spares the exception', async () => {
    await using installation = await open()
    const { credentials, grants } = installation.stores
    const { grant, refresh } = await aFamily(installation.stores)
    const mine = times(30, () => aCredential({ userId: 'u1', kind: 'session' }))
    const key = aCredential({ userId: 'u1', kind: 'api-key' })
    const granted = aCredential({ userId: 'u1', kind: 'session', grantId: grant.id })
    await credentials.issue([...mine, key, granted], entry())
    const spared = mine[3] as Credential
    const of = { userId: 'u1', kinds: ['session'] as const, except: spared.fingerprint }
    assert.equal(await credentials.revokeAll(of, entry({ event: 'revoked' })), 30)
    assert.equal((await credentials.findAny(spared.fingerprint))?.revokedAt, undefined)
    assert.equal((await credentials.findAny(key.fingerprint))?.revokedAt, undefined)
    assert.equal((await credentials.findAny(granted.fingerprint))?.revokedAt, T0)
    assert.equal((await grants.byId(grant.id))?.revokedAt, T0)
    const logged = (await installation.stores.revocations.after(0, 100)).map(({ subjectId }) => subjectId)
    assert.equal(logged.length, 32)
    assert.equal(logged.at(-1), 'u1', 'whoever remembers the user reads them again')
    assert.ok(logged.includes(grant.id) && logged.includes(granted.id) && !logged.includes(refresh.id))
  })

  test('when everything is ended nothing lives on, and a follower that was ahead of a restored backup forgets all it knew', async () => {
    await using installation = await open()
    const { credentials, grants, revocations, users } = installation.stores
    const ada = await users.create(aUser({ importedPassword: 'pbkdf2_sha256$1$a$b' }), entry())
    assert.ok(ada !== 'name-taken')
    const grant = aGrant({ userId: ada.id })
    const code = aCredential({ kind: 'authorization-code', userId: ada.id })
    const session = aCredential({ kind: 'session', userId: ada.id })
    const granted = aCredential({ kind: 'refresh-token', grantId: grant.id })
    const userVersion = { id: ada.id, epoch: ada.epoch }
    await credentials.issue([session, aCredential({ revokedAt: T0 - 1 })], entry())
    await grants.open(grant, code, entry())
    await credentials.redeem(
      {
        fingerprint: code.fingerprint,
        kind: 'authorization-code',
        at: T0,
        issues: [granted],
        activatesGrant: grant.id,
      },
      entry(),
    )
    const before = (await revocations.head()).seq
    assert.equal(await credentials.revokeEverything(entry({ event: 'revoked', at: T0 + 5 })), 3)
    for (const one of [session, granted]) assert.equal((await credentials.findAny(one.fingerprint))?.revokedAt, T0 + 5)
    assert.equal((await grants.byId(grant.id))?.revokedAt, T0 + 5)
    assert.equal((await users.byId(ada.id))?.importedPassword, undefined)
    assert.equal(
      await credentials.issueTo(userVersion, [aCredential()], entry()),
      'outdated',
      'what was under way is lost',
    )
    const [last, ...more] = await revocations.after(before, 10)
    assert.deepEqual([last?.subject, more], ['everything', []])
    assert.ok((last?.seq ?? 0) > before + 1_000_000, 'farther than anybody can have followed')
  })

  test('a replaced key lives on until the overlap ends, never longer than it would have, and is replaced once', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const endless = aCredential({ kind: 'api-key', name: 'CI', data: { networks: ['10.0.0.0/8'] } })
    delete endless.expiresAt
    const short = aCredential({ kind: 'api-key', expiresAt: T0 + 10 })
    await credentials.issue([endless, short], entry())
    const replace = (old: Credential) => {
      const successor = aCredential({ kind: 'api-key', data: { predecessor: old.id } })
      const ask = { id: old.id, at: T0, overlapEndsAt: T0 + 1000, successor }
      return credentials.replace(ask, entry({ event: 'rotated' })).then(outcome => ({ outcome, successor }))
    }
    const all = await Promise.all(times(10, () => replace(endless)))
    assert.equal(
      countOf(
        all.map(one => one.outcome),
        'replaced',
      ),
      1,
    )
    const winner = all.find(one => one.outcome === 'replaced')?.successor
    const old = await credentials.findAny(endless.fingerprint)
    assert.equal(old?.expiresAt, T0 + 1000)
    assert.deepEqual(old?.data, { networks: ['10.0.0.0/8'], successor: winner?.id })
    assert.equal((await credentials.list({ kinds: ['api-key'] }, { limit: 50 })).items.length, 3)
    assert.equal((await replace(short)).outcome, 'replaced')
    assert.equal((await credentials.findAny(short.fingerprint))?.expiresAt, T0 + 10)
  })
}
