import { type Credential, type CredentialKind, isOfKind } from '../../../model/credentials/credential.ts'
import type { JournalEntry } from '../../../model/journal.ts'
import type { CredentialStore } from '../../../ports/stores.ts'
import type { Engine, Transaction } from '../../engine.ts'
import { endEverything } from '../end-everything.ts'
import { cursorAt } from '../paging.ts'
import { changed, endGrants, isCurrent, type RevocationItem, record, revoked, revoking } from '../revocations.ts'
import { fromCredential, fromJournalEntry, hasId, toCredential } from '../rows.ts'
import { endGrantsOfSessions, holdCredential } from '../users/end-sessions.ts'
import { changeOfCredential } from './change-credential.ts'
import { writeData } from './credential-data.ts'
import { credentialsById, factsLoader } from './credential-facts.ts'
import { listCredentials } from './credential-list.ts'
import { beginClientEpoch, endCredentials } from './end-credentials.ts'
import { insertAll, singleUse } from './single-use.ts'

export function credentialStore(engine: Engine): CredentialStore {
  const { db } = engine
  return {
    facts: factsLoader(engine),

    async find<K extends CredentialKind>(kind: K, fingerprint: string) {
      const row = await db
        .selectFrom('credentials')
        .selectAll()
        .where('fingerprint', '=', fingerprint)
        .where('kind', '=', kind)
        .executeTakeFirst()
      return row && (toCredential(row) as Credential<K>)
    },

    async findAny(fingerprint) {
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

    byIds: ids => credentialsById(db, ids),

    list: (filter, page) => listCredentials(db, filter, page),

    cursorAfter: credential => cursorAt([credential.createdAt, credential.fingerprint]),

    issue: (credentials, entry) =>
      engine.insert({ credentials: credentials.map(fromCredential), journal: [fromJournalEntry(entry)] }),

    issueTo: (userVersion, credentials, entry) =>
      engine.write(async tx => {
        if (!(await isCurrent(tx, userVersion))) return 'outdated'
        await insertAll(tx, credentials)
        await record(tx, entry)
        return 'issued'
      }),

    ...singleUse(engine),

    prove: (session, entry) =>
      revoking(engine, async tx => {
        const kept = await tx
          .updateTable('credentials')
          .set({ data: writeData(session) })
          .where('fingerprint', '=', session.fingerprint)
          .where('kind', '=', 'session')
          .where('revoked_at', 'is', null)
          .executeTakeFirst()
        if (kept.numUpdatedRows !== 1n) return false
        await record(tx, entry, changed('credential', session.id))
        return true
      }),

    ...changeOfCredential(engine),

    revoke: (id, entry) =>
      revoking(engine, async tx => {
        if (!(await holdCredential(tx, id))) return 0
        const row = await tx.selectFrom('credentials').selectAll().where(hasId(id)).executeTakeFirstOrThrow()
        const sessions = [toCredential(row)].filter(isOfKind('session'))
        return endOne(tx, id, entry, await endGrantsOfSessions(tx, sessions, entry.at))
      }),

    retire: (id, entry) => revoking(engine, tx => endOne(tx, id, entry)),

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
        // A repeated call changes nothing and writes no entry, because a client can send a spent code many times.
        if (ended + count > 0) await record(tx, entry, revoked('grant', grantId))
        return count
      }),

    revokeAll: (of, entry) =>
      revoking(engine, async tx => {
        const { count, log } = await endCredentials(tx, of, entry.at)
        // The epoch of the user has changed too, so caches must read the user again.
        const owner = of.userId ? changed('user', of.userId) : []
        await record(tx, { ...entry, detail: { ...entry.detail, count } }, [...log, ...owner])
        await beginClientEpoch(tx, of)
        return count
      }),

    revokeEverything: entry => revoking(engine, tx => endEverything(tx, entry)),

    adopt: (credential, entry) =>
      engine.write(async tx => {
        const stored = await tx
          .insertInto('credentials')
          .values(fromCredential(credential))
          .onConflict(conflict => conflict.doNothing())
          .executeTakeFirst()
        if (stored.numInsertedOrUpdatedRows === 1n) await record(tx, entry)
      }),
  }
}

async function endOne(tx: Transaction, id: string, entry: JournalEntry, log: RevocationItem[] = []): Promise<number> {
  const live = tx.updateTable('credentials').set({ revoked_at: entry.at }).where(hasId(id))
  const ended = Number((await live.where('revoked_at', 'is', null).executeTakeFirst()).numUpdatedRows)
  if (ended > 0) await record(tx, entry, [...revoked('credential', id), ...log])
  return ended
}
