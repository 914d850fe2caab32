import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Credential, Grant } from '../../model/credentials/credential.ts'
import { aCredential, aGrant, aUser, entry, type Open, T0 } from './samples.ts'

const openid: Pick<Grant, 'openid'> = { openid: { authentication: { at: T0, methods: ['pwd'] } } }

const codeOf = ({ id, userId }: Grant): Credential =>
  aCredential({ kind: 'authorization-code', grantId: id, ...(userId !== undefined && { userId }) })

/** The end of a session and the grants of OpenID Connect that were allowed in it. */
export function sessionPromises(open: Open): void {
  test('of a grant and the end of its session at the same moment none is lost: the grant is refused, or ends with the session', async () => {
    await using installation = await open()
    const { credentials, grants, users } = installation.stores
    const user = await users.create(aUser(), entry())
    assert.ok(user !== 'name-taken')
    for (let i = 0; i < 20; i++) {
      const session = aCredential({ kind: 'session', userId: user.id })
      await credentials.issue([session], entry())
      const grant = aGrant({ userId: user.id, sessionId: session.id, ...openid })
      const [opened] = await Promise.all([
        grants.open(grant, codeOf(grant), entry(), user),
        credentials.revoke(session.id, entry({ event: 'signed-out' })),
      ])
      const stored = await grants.byId(grant.id)
      assert.ok(opened === 'outdated' ? stored === undefined : stored?.revokedAt !== undefined, opened)
    }
  })

  test('a session that goes on under another id keeps its grants; offline access and plain OAuth outlive the session', async () => {
    await using installation = await open()
    const { credentials, grants, users } = installation.stores
    const user = await users.create(aUser(), entry())
    assert.ok(user !== 'name-taken')
    const first = aCredential({ kind: 'session', userId: user.id })
    const next = aCredential({
      kind: 'session',
      userId: user.id,
      data: { authentication: { at: T0, methods: ['pwd'] }, device: {}, root: first.id },
    })
    await credentials.issue([first, next], entry())
    await credentials.retire(first.id, entry())
    const made: Record<string, Grant> = {
      signIn: aGrant({ userId: user.id, sessionId: first.id, ...openid, scopes: ['openid'] }),
      offline: aGrant({ userId: user.id, sessionId: first.id, ...openid, scopes: ['openid', 'offline_access'] }),
      plain: aGrant({ userId: user.id, sessionId: first.id }),
    }
    for (const grant of Object.values(made) as Grant[]) {
      const opened = await grants.open(grant, codeOf(grant), entry(), user)
      assert.equal(opened, 'opened')
    }
    assert.equal(await credentials.revoke(next.id, entry({ event: 'signed-out' })), 1)
    const ended = await Promise.all(
      Object.values(made).map(async ({ id }) => (await grants.byId(id))?.revokedAt !== undefined),
    )
    assert.deepEqual(ended, [true, false, false])
    assert.equal(await credentials.revoke(next.id, entry({ event: 'signed-out' })), 0)
  })
}
