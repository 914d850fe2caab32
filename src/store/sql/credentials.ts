import type { CredentialStore } from '../../ports/stores.ts'
import type { Engine } from '../engine.ts'
import { factsLoader } from './credential-facts.ts'
import { statusFilter } from './credential-list.ts'
import { cursorAt, cutPage, readCursor } from './paging.ts'
import { appendRevocations, endGrants, type Fall, record, revoking } from './revocations.ts'
import { credentialId, fromCredential, fromJournalEntry, hasId, toCredential } from './rows.ts'
import { singleUse } from './single-use.ts'

export function credentialStore(engine: Engine): CredentialStore {
  const { db } = engine
  return {
    facts: factsLoader(engine),

    async find(fingerprint) {
      const row = await db
        .selectFrom('credentials')
        .selectAll()
        .where('fingerprint', '=', fingerprint)
        .executeTakeFirst()
      return row && toCredential(row)
    },

    async byId(id) {
      const row = await db.selectFrom('credentials').selectAll().where(hasId(id)).executeTakeFirst()
      return row && toCredential(row)
    },

    async list(filter, page) {
      let query = db.selectFrom('credentials').selectAll().where(statusFilter(filter, Date.now()))
      if (page.cursor) {
        const [at, fingerprint] = readCursor(page.cursor, 'number', 'string')
        query = query.where(eb =>
          eb.or([eb('created_at', '<', at), eb.and([eb('created_at', '=', at), eb('fingerprint', '<', fingerprint)])]),
        )
      }
      const rows = await query
        .orderBy('created_at', 'desc')
        .orderBy('fingerprint', 'desc')
        .limit(page.limit + 1)
        .execute()
      return cutPage(rows, page.limit, toCredential, row => [row.created_at, row.fingerprint])
    },

    cursorAfter: credential => cursorAt([credential.createdAt, credential.fingerprint]),

    issue: (credentials, entry) =>
      engine.insert({ credentials: credentials.map(fromCredential), journal: [fromJournalEntry(entry)] }),

    ...singleUse(engine),

    revoke: (id, entry) =>
      revoking(engine, async tx => {
        const revoked = await tx
          .updateTable('credentials')
          .set({ revoked_at: entry.at })
          .where(hasId(id))
          .where('revoked_at', 'is', null)
          .executeTakeFirst()
        if (revoked.numUpdatedRows === 0n) return 0
        await appendRevocations(tx, entry.at, [{ subject: 'credential', subjectId: id, effect: 'revoked' }])
        await record(tx, entry)
        return 1
      }),

    revokeGrant: (grantId, entry) =>
      revoking(engine, async tx => {
        const ended = await endGrants(tx, [grantId], entry.at)
        const dead = await tx
          .updateTable('credentials')
          .set({ revoked_at: entry.at })
          .where('grant_id', '=', grantId)
          .where('revoked_at', 'is', null)
          .executeTakeFirst()
        const count = Number(dead.numUpdatedRows)
        if (ended + count > 0)
          await appendRevocations(tx, entry.at, [{ subject: 'grant', subjectId: grantId, effect: 'revoked' }])
        await record(tx, entry)
        return count
      }),

    revokeAll: (of, entry) =>
      revoking(engine, async tx => {
        const { userId, clientId, kinds, except } = of
        if (!userId && !clientId) throw new Error('revokeAll needs an owner')
        const theirs = statusFilter(
          { ...(userId && { userId }), ...(clientId && { clientId }), ...(kinds && { kinds }) },
          0,
        )
        const living = tx.selectFrom('credentials').where(theirs).where('revoked_at', 'is', null)
        const others = except === undefined ? living : living.where('fingerprint', '!=', except)
        const granted = await others.select('grant_id').distinct().where('grant_id', 'is not', null).execute()
        const grants = granted.map(row => row.grant_id as string)
        await endGrants(tx, grants, entry.at)
        const dead = await tx
          .updateTable('credentials')
          .set({ revoked_at: entry.at })
          .where('fingerprint', 'in', others.select('fingerprint'))
          .where('revoked_at', 'is', null)
          .returning('fingerprint')
          .execute()
        const fallen = (subject: Fall['subject'], subjectId: string): Fall => ({
          subject,
          subjectId,
          effect: 'revoked',
        })
        await appendRevocations(tx, entry.at, [
          ...dead.map(row => fallen('credential', credentialId(row.fingerprint))),
          ...grants.map(id => fallen('grant', id)),
        ])
        await record(tx, { ...entry, detail: { ...entry.detail, count: dead.length } })
        return dead.length
      }),
  }
}
