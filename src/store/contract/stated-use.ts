import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countedBy, countedByClient, countedByGrant } from '../../model/credentials/counted-by.ts'
import type { Grant } from '../../model/credentials/credential.ts'
import { DAY, HOUR } from '../../model/span.ts'
import type { Stores } from '../../ports/stores.ts'
import { aClient, aCredential, aFamily, aGrant, aStep, aUser, entry, type Open, T0, times } from './samples.ts'

const how = {
  expired: HOUR,
  revoked: 2 * HOUR,
  usage: 90 * DAY,
  networks: DAY,
  minutes: DAY,
  journal: 90 * DAY,
  revocations: DAY,
  applications: 180 * DAY,
  documents: 180 * DAY,
  registrations: 180 * DAY,
  notices: 180 * DAY,
  turn: 0,
  limit: 10,
}

/** An access token that contains its own record. */
const aStatement = (of: Pick<Grant, 'id' | 'clientId'>, expiresAt: number) =>
  aCredential({ grantId: of.id, clientId: of.clientId, expiresAt, stated: true })

/** Makes a grant whose code was redeemed for tokens that expire at these times. */
async function redeemed(stores: Stores, fields: Partial<Grant>, ...ends: readonly number[]): Promise<Grant> {
  const grant = aGrant(fields)
  const code = aCredential({ kind: 'authorization-code', grantId: grant.id, expiresAt: T0 + 60_000 })
  await stores.grants.open(grant, code, entry())
  const issues = ends.map(end => aStatement(grant, end))
  const spend = { fingerprint: code.fingerprint, kind: code.kind, at: T0, issues, activatesGrant: grant.id }
  assert.equal(await stores.credentials.redeem(spend, entry()), 'redeemed')
  return grant
}

/** The traces of access tokens without a row: counts of grants and clients, and their latest use. */
export function statedUsePromises(open: Open): void {
  test('a grant goes by its own end: while a token without a row lives it stays, though no row is left of it', async () => {
    await using installation = await open()
    const { grants, credentials, retention } = installation.stores
    const purge = async (now: number) => {
      while ((await retention.purge(now, how)) > 0) {}
    }
    const grant = await redeemed(installation.stores, {}, T0 + 20 * HOUR)
    const never = aGrant()
    const unused = aCredential({ kind: 'authorization-code', grantId: never.id, expiresAt: T0 + 60_000 })
    await grants.open(never, unused, entry())
    await purge(T0 + 20 * HOUR)
    assert.deepEqual((await credentials.list({}, { limit: 10 })).items, [], 'the code went, and the token was no row')
    assert.equal(await grants.byId(never.id), undefined, 'of a code that was never redeemed nothing can come')
    const kept = await grants.byId(grant.id)
    assert.deepEqual([kept?.endsAt, kept?.tokensIssued], [T0 + 20 * HOUR, 1])
    await purge(T0 + 21 * HOUR)
    assert.ok(await grants.byId(grant.id), 'until what is over may go')
    await purge(T0 + 21 * HOUR + 1)
    assert.equal(await grants.byId(grant.id), undefined)
  })

  test('each step of a family moves the end of its grant on; a withdrawn one goes soon, and one without an end with its last row', async () => {
    await using installation = await open()
    const { grants, credentials, retention } = installation.stores
    const { grant, refresh } = await aFamily(installation.stores)
    const { rotation, next } = aStep(grant, refresh)
    next.expiresAt = T0 + 5 * DAY
    const stated = { ...rotation, issues: [aStatement(grant, T0 + HOUR), next] }
    assert.equal((await credentials.rotate(stated, entry())).outcome, 'rotated')
    const endless = await redeemed(installation.stores, {}, T0 + HOUR)
    const token = aCredential({ grantId: endless.id })
    delete token.expiresAt
    const beside = (generation: number, id: string, issues: Parameters<typeof credentials.issue>[0]) =>
      credentials.issueBeside({ grantId: id, generation }, issues, entry())
    assert.equal(await beside(0, endless.id, [token]), 'issued')
    assert.equal(await beside(0, endless.id, [aStatement(endless, T0 + 9 * DAY)]), 'issued')
    assert.equal(await beside(1, grant.id, [aStatement(grant, T0 + 6 * DAY)]), 'issued')
    const read = async () => [await grants.byId(grant.id), await grants.byId(endless.id)]
    assert.deepEqual(
      (await read()).map(one => [one?.endsAt, one?.tokensIssued]),
      [
        [T0 + 6 * DAY, 2],
        [undefined, 3],
      ],
    )
    const purge = async (now: number) => {
      while ((await retention.purge(now, how)) > 0) {}
      return (await read()).map(one => one !== undefined)
    }
    assert.deepEqual(await purge(T0 + 6 * DAY), [true, true])
    assert.deepEqual(await purge(T0 + 100 * DAY), [false, true])
    await credentials.revoke(token.id, entry({ at: T0 + 100 * DAY }))
    assert.deepEqual(await purge(T0 + 101 * DAY), [false, false])
    const withdrawn = await redeemed(installation.stores, {}, T0 + 20 * HOUR)
    await credentials.revokeGrant(withdrawn.id, entry({ at: T0 }))
    await purge(T0 + 2 * HOUR + 1)
    assert.equal(await grants.byId(withdrawn.id), undefined)
  })

  test('use of tokens without a row is counted by grant and by client, for the chart of each owner, and never by token', async () => {
    await using installation = await open()
    const { users, clients, credentials, usage, statistics } = installation.stores
    const user = await users.create(aUser(), entry())
    assert.ok(user !== 'name-taken')
    const client = await clients.create(aClient(), entry())
    const other = await clients.create(aClient(), entry())
    const grant = await redeemed(installation.stores, { userId: user.id, clientId: client.id }, T0 + HOUR)
    const minute = T0 / 60_000
    const [byGrant, byClient] = [countedByGrant(grant.id), countedByClient(client.id)]
    const counted = (by: string, outcome: string, count: number) => ({
      minute,
      countedBy: by,
      kind: 'access-token',
      outcome,
      count,
    })
    const network = (by: string, third: number) => ({ countedBy: by, network: `10.0.${third}.0/24`, at: T0 })
    await usage.add(
      [
        counted(byGrant, 'valid', 5),
        counted(byGrant, 'insufficient_scope', 40),
        counted(byClient, 'valid', 7),
        counted(countedByClient(other.id), 'valid', 100),
      ],
      new Map([
        [byGrant, T0],
        [byClient, T0 + 1],
      ]),
      [network(byGrant, 1), network(byGrant, 2), network(byClient, 2)],
    )
    const span = { since: T0 - HOUR, until: T0 + HOUR }
    const sum = async (of: object, bucketMinutes: number) =>
      (await usage.read({ ...span, ...of, bucketMinutes })).reduce((all, { count }) => all + count, 0)
    for (const bucketMinutes of [1, 60]) {
      assert.equal(await sum({ countedBy: byGrant }, bucketMinutes), 45)
      assert.equal(await sum({ grantId: grant.id }, bucketMinutes), 45)
      assert.equal(await sum({ userId: user.id }, bucketMinutes), 45)
      assert.equal(await sum({ clientId: client.id }, bucketMinutes), 52)
      assert.equal(await sum({ clientId: other.id }, bucketMinutes), 100)
    }
    const impact = (of: Parameters<typeof statistics.impact>[0]) => statistics.impact(of, T0 - HOUR, T0 + 60_000)
    const ofGrant = { uses: 5, refusals: 40, networks: 2, credentials: 0, users: 1, applications: 0, lastUsedAt: T0 }
    assert.deepEqual(await impact({ credentialIds: [], grantIds: [grant.id] }), ofGrant)
    assert.deepEqual(await impact({ userId: user.id }), ofGrant)
    assert.deepEqual(await impact({ clientId: client.id }), { ...ofGrant, uses: 12, lastUsedAt: T0 + 1 })
    assert.deepEqual(await statistics.top({ ...span, by: 'refusals', limit: 3 }), [{ countedBy: byGrant, count: 40 }])
    assert.equal((await statistics.top({ ...span, by: 'uses', limit: 1 }))[0]?.countedBy, countedByClient(other.id))
    assert.deepEqual((await statistics.attention(T0, 60)).muchRefused, [{ countedBy: byGrant, uses: 5, refusals: 40 }])
    const networksOf = async (of: Parameters<typeof usage.networks>[0]) =>
      (await usage.networks(of)).map(({ network }) => network).toSorted()
    const [first, second] = ['10.0.1.0/24', '10.0.2.0/24']
    assert.deepEqual(await networksOf({ countedBy: byClient }), [second])
    assert.deepEqual(await networksOf({ grantId: grant.id }), [first, second])
    assert.deepEqual(await networksOf({ clientId: client.id }), [first, second])
    assert.deepEqual(await networksOf({ userId: user.id }), [first, second])
    assert.deepEqual(await networksOf({ clientId: other.id }), [])
    const row = aCredential({ grantId: grant.id })
    await credentials.issue([row], entry())
    await usage.add([], new Map([[row.id, T0]]), [{ countedBy: row.id, network: '10.0.9.0/24', at: T0 + 5 }])
    const ofGrants = await usage.networksOfGrants([grant.id, 'gone'])
    assert.deepEqual([...ofGrants.keys()], [grant.id])
    assert.deepEqual(ofGrants.get(grant.id)?.[0], { network: '10.0.9.0/24', at: T0 + 5 })
    assert.equal(ofGrants.get(grant.id)?.length, 3)
    assert.deepEqual(await usage.networksOfGrants([]), new Map())
    assert.deepEqual(await usage.neverAccepted([client.id, other.id, 'gone']), [])
    const third = await clients.create(aClient(), entry())
    assert.deepEqual(await usage.neverAccepted([client.id, third.id]), [third.id])
  })

  test('what a token was used for is use of its grant and its client, row or not, written at most once a minute', async () => {
    await using installation = await open()
    const { clients, credentials, grants, usage } = installation.stores
    const client = await clients.create(aClient(), entry())
    const grant = await redeemed(installation.stores, { clientId: client.id }, T0 + HOUR)
    const row = aCredential({ grantId: grant.id, clientId: client.id })
    await credentials.issue([row], entry())
    const used = async (by: string, at: number) => {
      await usage.add([], new Map([[by, at]]), [])
      return [(await grants.byId(grant.id))?.lastUsedAt, (await clients.byId(client.id))?.lastUsedAt]
    }
    const statement = countedBy(aStatement(grant, T0 + HOUR))
    assert.deepEqual(await used(row.id, T0), [T0, T0])
    assert.deepEqual(await used(statement, T0 + 59_000), [T0, T0])
    assert.deepEqual(await used(statement, T0 + 61_000), [T0 + 61_000, T0 + 61_000])
    assert.deepEqual(await used(row.id, T0 + 121_500), [T0 + 121_500, T0 + 121_500])
    assert.deepEqual(await used(statement, T0), [T0 + 121_500, T0 + 121_500], 'never backwards')
    const own = countedBy(aCredential({ clientId: client.id, stated: true }))
    assert.deepEqual(await used(own, T0 + 200_000), [T0 + 121_500, T0 + 200_000])
    for (const gone of times(3, i => [countedByGrant(`gone ${i}`), countedByClient(`gone ${i}`)]).flat())
      await usage.add(
        [{ minute: 1, countedBy: gone, kind: 'access-token', outcome: 'valid', count: 1 }],
        new Map([[gone, T0]]),
        [],
      )
  })

  test('tokens that a client was given are counted, and what users allow is found by client and counted while it lives', async () => {
    await using installation = await open()
    const { clients, credentials, grants, usage, statistics } = installation.stores
    const client = await clients.create(aClient(), entry())
    const given = async (count: number, at: number) => {
      await usage.addIssues(
        new Map([
          [client.id, { count, at }],
          ['gone', { count: 1, at }],
        ]),
      )
      const now = await clients.byId(client.id)
      return [now?.tokensIssued, now?.lastUsedAt]
    }
    assert.equal(client.tokensIssued, 0)
    assert.deepEqual(await given(100, T0), [100, T0])
    assert.deepEqual(await given(7, T0 + 1000), [107, T0])
    assert.deepEqual(await given(1, T0 + 60_000), [108, T0 + 60_000])
    const now = Date.now()
    const [old, live] = [
      await redeemed(installation.stores, { clientId: client.id }, now + HOUR),
      await redeemed(installation.stores, { clientId: client.id, createdAt: T0 + 1 }, now + HOUR),
    ]
    const past = { ends_at: now - 1 }
    await installation.engine.write(tx => tx.updateTable('grants').set(past).where('id', '=', old.id).execute())
    const endless = await redeemed(installation.stores, {}, now + HOUR)
    const token = aCredential({ grantId: endless.id })
    delete token.expiresAt
    await credentials.issueBeside({ grantId: endless.id, generation: 0 }, [token], entry())
    assert.deepEqual(
      (await grants.ofClient(client.id)).map(({ id }) => id),
      [live.id, old.id],
    )
    assert.equal((await statistics.counts()).grants, 2)
    await credentials.revokeGrant(live.id, entry())
    assert.deepEqual(
      (await grants.ofClient(client.id)).map(({ id }) => id),
      [old.id],
    )
    assert.equal((await statistics.counts()).grants, 1)
  })
}
