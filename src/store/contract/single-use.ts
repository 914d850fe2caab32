import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statusOf } from '../../model/credentials/credential.ts'
import {
  aCredential,
  aFamily,
  aGrant,
  aStep,
  aUser,
  countOf,
  entry,
  type Open,
  setClock,
  T0,
  times,
} from './samples.ts'

/** Single-use operations succeed only once, also under parallel requests, because one statement of the database decides. */
export function singleUsePromises(open: Open): void {
  test('of fifty parallel redemptions of one code, one wins and only its tokens exist', async () => {
    await using installation = await open()
    await using other = await elsewhere(installation)
    const grant = aGrant()
    const code = aCredential({ kind: 'authorization-code', grantId: grant.id })
    await installation.stores.grants.open(grant, code, entry())
    const tokens = times(50, () => aCredential({ grantId: grant.id }))
    const outcomes = await Promise.all(
      tokens.map((token, i) =>
        (i % 2 ? installation : other).stores.credentials.redeem(
          { fingerprint: code.fingerprint, kind: code.kind, at: T0, issues: [token], activatesGrant: grant.id },
          entry(),
        ),
      ),
    )
    assert.equal(countOf(outcomes, 'redeemed'), 1)
    assert.equal(countOf(outcomes, 'spent'), 49)
    const stored = (await installation.stores.credentials.list({ grantId: grant.id }, { limit: 100 })).items
    const winner = tokens[outcomes.indexOf('redeemed')]
    assert.deepEqual(new Set(stored.map(one => one.id)), new Set([code.id, winner?.id]))
    assert.equal((await installation.stores.grants.byId(grant.id))?.activatedAt, T0)
  })

  test('an expired, revoked or foreign code is not redeemed, nor one whose grant has ended', async () => {
    await using installation = await open()
    const { credentials, grants } = installation.stores
    const redeem = (fingerprint: string, activatesGrant?: string) =>
      credentials.redeem(
        {
          fingerprint,
          kind: 'authorization-code',
          at: T0,
          issues: [aCredential()],
          ...(activatesGrant && { activatesGrant }),
        },
        entry(),
      )
    const late = aCredential({ kind: 'authorization-code', expiresAt: T0 })
    const dead = aCredential({ kind: 'authorization-code', revokedAt: T0 })
    const other = aCredential({ kind: 'setup-link' })
    await credentials.issue([late, dead, other], entry())
    for (const one of [late, dead, other, aCredential()]) assert.equal(await redeem(one.fingerprint), 'spent')
    const ended = aGrant({ revokedAt: T0 })
    const orphan = aCredential({ kind: 'authorization-code', grantId: ended.id })
    await grants.open(ended, orphan, entry())
    assert.equal(await redeem(orphan.fingerprint, ended.id), 'spent')
    assert.equal((await credentials.list({ kinds: ['access-token'] }, { limit: 9 })).items.length, 0)
  })

  test('a redemption that cannot store its tokens spends nothing', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const code = aCredential({ kind: 'authorization-code' })
    const taken = aCredential()
    await credentials.issue([code, taken], entry())
    const spend = { fingerprint: code.fingerprint, kind: code.kind, at: T0 }
    await assert.rejects(credentials.redeem({ ...spend, issues: [aCredential(), taken] }, entry()))
    assert.equal((await credentials.findAny(code.fingerprint))?.spentAt, undefined)
    assert.equal(await credentials.redeem({ ...spend, issues: [aCredential()] }, entry()), 'redeemed')
  })

  test('of fifty parallel refreshes one rotates and the others are given the same sealed answer', async () => {
    await using installation = await open()
    await using other = await elsewhere(installation)
    const { grant, refresh } = await aFamily(installation.stores)
    const steps = times(50, i => aStep(grant, refresh, `answer ${i}`))
    const outcomes = await Promise.all(
      steps.map(({ rotation }, i) => (i % 2 ? installation : other).stores.credentials.rotate(rotation, entry())),
    )
    const winner = outcomes.findIndex(({ outcome }) => outcome === 'rotated')
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'rotated').length, 1)
    for (const [i, outcome] of outcomes.entries())
      if (i !== winner) assert.deepEqual(outcome, { outcome: 'repeated', sealedAnswer: `answer ${winner}` })
    const alive = (await installation.stores.credentials.list({ grantId: grant.id }, { limit: 200 })).items.filter(
      one => one.kind !== 'authorization-code' && one.spentAt === undefined,
    )
    assert.deepEqual(new Set(alive.map(one => one.id)), new Set([steps[winner]?.access.id, steps[winner]?.next.id]))
  })

  test('a refresh token that comes back late, or two steps late, is reuse; of an unknown grant, revoked', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const { grant, refresh } = await aFamily(installation.stores)
    const first = aStep(grant, refresh)
    setClock(T0, installation)
    assert.equal((await credentials.rotate(first.rotation, entry())).outcome, 'rotated')
    setClock(T0 + 10_001, installation)
    assert.equal((await credentials.rotate(aStep(grant, refresh).rotation, entry())).outcome, 'reused')
    assert.equal((await credentials.rotate(aStep(grant, first.next).rotation, entry())).outcome, 'rotated')
    assert.equal((await credentials.rotate(aStep(grant, refresh).rotation, entry())).outcome, 'reused')
    assert.equal((await credentials.rotate(aStep(aGrant(), refresh).rotation, entry())).outcome, 'revoked')
  })

  test('a refresh token that comes back after the clock was set back is reuse: no age is below zero', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const { grant, refresh } = await aFamily(installation.stores)
    setClock(T0, installation)
    const repeat = () => credentials.rotate(aStep(grant, refresh).rotation, entry())
    assert.equal((await repeat()).outcome, 'rotated')
    setClock(T0 + 10_000, installation)
    assert.equal((await repeat()).outcome, 'repeated')
    for (const back of [1, 10_000, 3_600_000]) {
      setClock(T0 - back, installation)
      assert.equal((await repeat()).outcome, 'reused', `set back by ${back}`)
    }
  })

  test('where no repeat is answered, of many parallel refreshes one rotates and the others are reuse', async () => {
    await using installation = await open()
    await using other = await elsewhere(installation)
    for (let family = 0; family < 20; family++) {
      const { grant, refresh } = await aFamily(installation.stores)
      const outcomes = await Promise.all(
        times(8, i => {
          const { rotation } = aStep(grant, refresh)
          const now = { at: T0 - i, replayWithin: 0 } // Each request read its own clock before it waited.
          return (i % 2 ? installation : other).stores.credentials.rotate({ ...rotation, ...now }, entry())
        }),
      )
      assert.deepEqual(outcomes.map(({ outcome }) => outcome).sort(), [...times(7, () => 'reused'), 'rotated'])
    }
  })

  test('a refresh racing a revocation leaves nothing alive, whichever comes first', async () => {
    await using installation = await open()
    await using other = await elsewhere(installation)
    const { credentials, grants } = installation.stores
    const trials = await Promise.all(
      times(20, async i => {
        const { grant, refresh } = await aFamily(installation.stores)
        const rotate = () => other.stores.credentials.rotate(aStep(grant, refresh).rotation, entry())
        const revoke = () => credentials.revokeGrant(grant.id, entry({ event: 'revoked' }))
        const [a, b] = i % 2 ? [rotate, revoke] : [revoke, rotate]
        const outcomes = await Promise.all([a(), b()])
        return { grant, rotated: outcomes.find(one => typeof one === 'object') }
      }),
    )
    for (const { grant, rotated } of trials) {
      assert.ok(rotated?.outcome === 'rotated' || rotated?.outcome === 'revoked')
      assert.notEqual((await grants.byId(grant.id))?.revokedAt, undefined)
      const left = (await credentials.list({ grantId: grant.id }, { limit: 50 })).items
      assert.deepEqual(
        left.filter(one => statusOf(one, T0) !== 'revoked').map(one => one.kind),
        [],
      )
    }
  })

  test('beside the last step of a family more may be issued, until it goes on or ends', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const { grant, refresh } = await aFamily(installation.stores)
    const first = aStep(grant, refresh)
    const beside = (generation: number, grantId = grant.id) => {
      const access = aCredential({ grantId })
      return credentials
        .issueBeside({ grantId, generation }, [access], entry())
        .then(async outcome => [outcome, (await credentials.findAny(access.fingerprint)) !== undefined])
    }
    const [issued, gone] = [
      ['issued', true],
      ['gone', false],
    ]
    assert.deepEqual(await beside(1), gone, 'before the step')
    await credentials.rotate(first.rotation, entry())
    assert.deepEqual(await beside(1), issued)
    assert.deepEqual(await beside(1), issued)
    assert.deepEqual(await beside(1, aGrant().id), gone, 'of an unknown grant')
    assert.equal((await credentials.rotate(aStep(grant, refresh).rotation, entry())).outcome, 'repeated', 'no step')
    await credentials.rotate(aStep(grant, first.next).rotation, entry())
    assert.deepEqual(await beside(1), gone, 'after the next step')
    assert.deepEqual(await beside(2), issued)
    await credentials.revokeGrant(grant.id, entry({ event: 'revoked' }))
    assert.deepEqual(await beside(2), gone, 'after the grant has ended')
  })

  test('what is issued beside a step while its grant is revoked dies with it, or is not issued', async () => {
    await using installation = await open()
    await using other = await elsewhere(installation)
    const { credentials } = installation.stores
    await Promise.all(
      times(20, async i => {
        const { grant, refresh } = await aFamily(installation.stores)
        await credentials.rotate(aStep(grant, refresh).rotation, entry())
        const access = aCredential({ grantId: grant.id })
        const step = { grantId: grant.id, generation: 1 }
        const issue = () => other.stores.credentials.issueBeside(step, [access], entry())
        const revoke = () => credentials.revokeGrant(grant.id, entry({ event: 'revoked' }))
        await Promise.all(i % 2 ? [issue(), revoke()] : [revoke(), issue()])
        const stored = await credentials.findAny(access.fingerprint)
        assert.ok(stored === undefined || stored.revokedAt !== undefined)
      }),
    )
  })

  test('a redemption racing a revocation of its grant leaves nothing alive either', async () => {
    await using installation = await open()
    await using other = await elsewhere(installation)
    const { credentials, grants } = installation.stores
    await Promise.all(
      times(20, async () => {
        const grant = aGrant()
        const code = aCredential({ kind: 'authorization-code', grantId: grant.id })
        await grants.open(grant, code, entry())
        const spend = { fingerprint: code.fingerprint, kind: code.kind, at: T0, activatesGrant: grant.id }
        const [outcome] = await Promise.all([
          other.stores.credentials.redeem({ ...spend, issues: [aCredential({ grantId: grant.id })] }, entry()),
          credentials.revokeGrant(grant.id, entry({ event: 'revoked' })),
        ])
        assert.ok(outcome === 'redeemed' || outcome === 'spent')
        const left = (await credentials.list({ grantId: grant.id }, { limit: 50 })).items
        assert.deepEqual(
          left.filter(one => statusOf(one, T0) !== 'revoked'),
          [],
        )
      }),
    )
  })

  test('what is made for somebody while all that is theirs is ended dies with it, or is not made; nothing else ends', async () => {
    await using installation = await open()
    await using other = await elsewhere(installation)
    const { credentials, users } = installation.stores
    await Promise.all(
      times(12, async i => {
        const user = await users.create(aUser(), entry())
        assert.ok(user !== 'name-taken')
        const session = aCredential({ kind: 'session', userId: user.id })
        const make = () => other.stores.credentials.issueTo(user, [session], entry())
        const end = () =>
          i % 2
            ? users.change(user.id, { password: 'x' }, entry(), { kinds: ['session'] })
            : credentials.revokeAll({ userId: user.id, kinds: ['session'] }, entry({ event: 'revoked' }))
        const [outcome] = i % 3 ? await Promise.all([make(), end()]) : (await Promise.all([end(), make()])).toReversed()
        const stored = await credentials.findAny(session.fingerprint)
        assert.equal(outcome === 'issued', stored !== undefined)
        assert.ok(stored === undefined || stored.revokedAt !== undefined)
        const now = await users.byId(user.id)
        assert.ok(now && now.epoch > user.epoch)
        assert.equal(await credentials.issueTo(user, [aCredential({ userId: user.id })], entry()), 'outdated')
        assert.equal(await credentials.issueTo(now, [aCredential({ userId: user.id })], entry()), 'issued')
        await users.change(user.id, { active: false }, entry())
        assert.equal(await credentials.issueTo(now, [aCredential({ userId: user.id })], entry()), 'outdated')
      }),
    )
  })

  test('a family that was revoked stays so: no later step, no answer of an earlier one', async () => {
    await using installation = await open()
    const { credentials } = installation.stores
    const { grant, refresh } = await aFamily(installation.stores)
    const step = aStep(grant, refresh)
    await credentials.rotate(step.rotation, entry())
    assert.equal(await credentials.revokeGrant(grant.id, entry({ event: 'revoked' })), 4)
    assert.equal(await credentials.revokeGrant(grant.id, entry({ event: 'revoked' })), 0)
    assert.equal((await credentials.rotate(step.rotation, entry())).outcome, 'revoked')
    assert.equal((await credentials.rotate(aStep(grant, step.next).rotation, entry())).outcome, 'revoked')
  })
}

/** Opens the same database as another process would. */
async function elsewhere(installation: Awaited<ReturnType<Open>>) {
  const again = await installation.again()
  return { ...again, [Symbol.asyncDispose]: () => again.engine.close() }
}
