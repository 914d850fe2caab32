import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Credential } from '../../model/credentials/credential.ts'
import { aClient, aCredential, aUser, entry, type Open, T0 } from './samples.ts'

/** Changes of credentials, and the treatment of disabled credentials in lists. */
export function changePromises(open: Open): void {
  test('a change of a credential is written whole, with its entry and a line of the log, and can be taken back', async () => {
    await using installation = await open()
    const { credentials, revocations, journal } = installation.stores
    const key = aCredential({ kind: 'api-key', name: 'k', scopes: ['read'], data: { networks: ['10.0.0.0/8'] } })
    await credentials.issue([key], entry())
    const change = {
      ...{ name: 'other', scopes: null, expiresAt: null, disabled: { at: T0, by: 'operator' }, networks: null },
      ...{ note: 'in the vault', metadata: { team: 'billing' } },
    }
    const noted = entry({ event: 'changed', credentialId: key.id })
    const after = await credentials.change(key, change, noted)
    const { scopes: _scopes, expiresAt: _end, ...stays } = key
    const data = { note: 'in the vault', metadata: { team: 'billing' } }
    const expected = { ...stays, name: 'other', disabledAt: T0, disabledBy: 'operator', data }
    assert.deepEqual(after, expected)
    assert.deepEqual(await credentials.byId(key.id), expected)
    const log = await revocations.after(0, 10)
    assert.deepEqual(
      log.map(({ subject, subjectId, effect }) => [subject, subjectId, effect]),
      [['credential', key.id, 'changed']],
    )
    const { items } = await journal.list({ credentialId: key.id }, { limit: 5 })
    assert.equal(items[0]?.event, 'changed')

    const back = { scopes: ['read'], disabled: null, note: null, metadata: null, networks: ['10.0.0.0/8'] }
    const again = await credentials.change(after as Credential, back, noted)
    assert.deepEqual(again, { ...stays, name: 'other', scopes: ['read'] })
  })

  test('a change that was decided on what is no longer so does nothing; of two at once one holds', async () => {
    await using installation = await open()
    const { credentials, journal } = installation.stores
    const key = aCredential({ kind: 'api-key', name: 'k', scopes: ['read', 'write'] })
    const dead = aCredential({ kind: 'api-key', name: 'd', revokedAt: T0 })
    await credentials.issue([key, dead], entry())
    const noted = entry({ event: 'changed', credentialId: key.id })
    const narrow = { scopes: ['read'] }
    const outcomes = await Promise.all([1, 2, 3].map(() => credentials.change(key, narrow, noted)))
    assert.equal(outcomes.filter(outcome => outcome === 'outdated').length, 2)
    assert.equal(await credentials.change(key, { scopes: ['read', 'write'] }, noted), 'outdated')
    assert.deepEqual((await credentials.byId(key.id))?.scopes, ['read'])
    assert.equal(await credentials.change(dead, { name: 'x' }, noted), 'outdated')
    assert.equal((await journal.list({ event: 'changed' }, { limit: 9 })).items.length, 1)
  })

  test('a list of disabled ones has what was disabled itself, and what stands still with its owner or application', async () => {
    await using installation = await open()
    const { credentials, users, clients } = installation.stores
    const now = Date.now()
    const [off, on] = [await users.create(aUser({ active: false }), entry()), await users.create(aUser(), entry())]
    assert.ok(off !== 'name-taken' && on !== 'name-taken')
    const stopped = await clients.create(aClient({ active: false }), entry())
    const orphaned = await clients.create(aClient({ ownerId: off.id }), entry())
    const make = (name: string, fields: Partial<Credential>): Credential =>
      aCredential({ kind: 'api-key', name, createdAt: now - 1, expiresAt: now + 60_000, ...fields } as Partial<
        Credential<'api-key'>
      > & { kind: 'api-key' })
    const [itself, since] = [make('itself', { userId: on.id }), make('revoked since', { userId: on.id })]
    await credentials.issue(
      [
        make('works', { userId: on.id }),
        make('its owner', { userId: off.id }),
        make('its application', { userId: on.id, clientId: stopped.id }),
        make('who registered it', { clientId: orphaned.id }),
        itself,
        since,
      ],
      entry(),
    )
    for (const one of [itself, since])
      await credentials.change(one, { disabled: { at: now, by: 'operator' } }, entry({ event: 'changed' }))
    await credentials.revoke(since.id, entry({ event: 'revoked' }))
    const names = async (status: 'active' | 'disabled' | 'live' | 'expires-soon' | 'revoked') =>
      (await credentials.list({ status }, { limit: 10 })).items.map(({ name }) => name).toSorted()
    const disabled = ['its application', 'its owner', 'itself', 'who registered it']
    assert.deepEqual(await names('disabled'), disabled)
    assert.deepEqual(await names('active'), ['works'])
    assert.deepEqual(await names('live'), [...disabled, 'works'])
    assert.deepEqual(await names('expires-soon'), ['works'])
    assert.deepEqual(await names('revoked'), ['revoked since'])
  })

  test('lists of what may use an API have what names it or need not, and carries one of its scopes or what covers it', async () => {
    await using installation = await open()
    const { credentials, clients } = installation.stores
    const make = (name: string, scopes: string[] | undefined, audience: string[] = []) =>
      aCredential({ kind: 'api-key', name, audience, ...(scopes && { scopes }) })
    await credentials.issue(
      [
        make('its scope', ['tickets:read', 'x']),
        make('the whole', ['tickets']),
        make('all of its owner', undefined),
        make('named', ['tickets:read'], ['https://api.example/']),
        make('named otherwise', ['tickets:read'], ['https://other.example']),
        make('another scope', ['tickets:reader', 'xtickets:read', 'tickets_read']),
        make('none', []),
      ],
      entry(),
    )
    for (const [name, scopes] of [
      ['Desk', ['tickets']],
      ['Other', ['tickets:write']],
    ] as const)
      await clients.create(aClient({ name, scopes: [...scopes] }), entry())
    const api = { audience: 'https://api.example', strictAudience: false, scopes: ['tickets:read'] }
    const names = async (strictAudience: boolean) =>
      (await credentials.list({ api: { ...api, strictAudience } }, { limit: 9 })).items.map(one => one.name).toSorted()
    assert.deepEqual(await names(false), ['all of its owner', 'its scope', 'named', 'the whole'])
    assert.deepEqual(await names(true), ['named'])
    const found = await clients.list({ api }, { limit: 9 })
    assert.deepEqual(
      found.items.map(({ name }) => name),
      ['Desk'],
    )
  })
}
