import type { Credential } from '../../model/credential.ts'
import type { CredentialStore, RotationOutcome } from '../../ports/stores.ts'
import type { Engine, Transaction } from '../engine.ts'
import { factsLoader } from './credential-facts.ts'
import { statusFilter } from './credential-list.ts'
import { endCredentials } from './end-credentials.ts'
import { cursorAt, cutPage, ORDERS, readCursor } from './paging.ts'
import { appendRevocations, record, revoking } from './revocations.ts'
import { fromCredential, fromGrant, fromJournalEntry, toCredential } from './rows.ts'

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
      if (!/^[0-9a-f]{24}$/.test(id)) return undefined
      const row = await db
        .selectFrom('credentials')
        .selectAll()
        .where('fingerprint', '>=', id)
        .where('fingerprint', '<', `${id}~`)
        .executeTakeFirst()
      return row && toCredential(row)
    },

    async list(filter, page) {
      const { direction, beyond } = ORDERS[page.order ?? 'newest']
      let query = db.selectFrom('credentials').selectAll().where(statusFilter(filter, Date.now()))
      if (page.cursor) {
        const [at, fingerprint] = readCursor(page.cursor, 'number', 'text')
        query = query.where(eb =>
          eb.or([
            eb('created_at', beyond, at),
            eb.and([eb('created_at', '=', at), eb('fingerprint', beyond, fingerprint)]),
          ]),
        )
      }
      const rows = await query
        .orderBy('created_at', direction)
        .orderBy('fingerprint', direction)
        .limit(page.limit + 1)
        .execute()
      return cutPage(rows, page.limit, toCredential, row => [row.created_at, row.fingerprint])
    },

    cursorAfter: credential => cursorAt([credential.createdAt, credential.fingerprint]),

    issue: (credentials, entry) =>
      engine.insert({ credentials: credentials.map(fromCredential), journal: [fromJournalEntry(entry)] }),

    redeem: (spend, entry) =>
      engine.write(async tx => {
        const spent = await tx
          .updateTable('credentials')
          .set({ spent_at: spend.at })
          .where('fingerprint', '=', spend.fingerprint)
          .where('kind', '=', spend.kind)
          .where('spent_at', 'is', null)
          .where('revoked_at', 'is', null)
          .where(eb => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', spend.at)]))
          .executeTakeFirst()
        if (spent.numUpdatedRows !== 1n) return 'spent'
        if (spend.activatesGrant && !(await activate(tx, spend.activatesGrant, spend.at))) return 'spent'
        if (spend.newGrant) await tx.insertInto('grants').values(fromGrant(spend.newGrant)).execute()
        await insertAll(tx, spend.issues)
        await record(tx, entry)
        return 'redeemed'
      }),

    rotate: (rotation, entry) =>
      engine.write(async (tx): Promise<RotationOutcome> => {
        // The family's row decides: one step per generation, and none once the grant has ended.
        const stepped = await tx
          .updateTable('grants')
          .set({ generation: rotation.generation + 1, answer: rotation.sealedAnswer, rotated_at: rotation.at })
          .where('id', '=', rotation.grantId)
          .where('generation', '=', rotation.generation)
          .where('revoked_at', 'is', null)
          .executeTakeFirst()
        if (stepped.numUpdatedRows === 1n) {
          await tx
            .updateTable('credentials')
            .set({ spent_at: rotation.at })
            .where('fingerprint', '=', rotation.spends)
            .execute()
          await insertAll(tx, rotation.issues)
          await record(tx, entry)
          return { outcome: 'rotated' }
        }
        const grant = await tx.selectFrom('grants').selectAll().where('id', '=', rotation.grantId).executeTakeFirst()
        if (!grant || grant.revoked_at !== null) return { outcome: 'revoked' }
        const justBefore =
          grant.generation === rotation.generation + 1 && rotation.at - (grant.rotated_at ?? 0) <= rotation.replayWithin
        return justBefore && grant.answer ? { outcome: 'repeated', sealedAnswer: grant.answer } : { outcome: 'reused' }
      }),

    replace: (replacement, entry) =>
      revoking(engine, async tx => {
        const old = await tx
          .updateTable('credentials')
          .set(eb => ({
            expires_at: eb.fn('coalesce', [
              eb.case().when('expires_at', '<', replacement.overlapEndsAt).then(eb.ref('expires_at')).end(),
              eb.val(replacement.overlapEndsAt),
            ]) as never,
            data: JSON.stringify(replacement.data),
            spent_at: replacement.at,
          }))
          .where('fingerprint', '>=', replacement.id)
          .where('fingerprint', '<', `${replacement.id}~`)
          .where('spent_at', 'is', null)
          .where('revoked_at', 'is', null)
          .executeTakeFirst()
        if (old.numUpdatedRows !== 1n) return 'gone'
        await insertAll(tx, [replacement.successor])
        await appendRevocations(tx, replacement.at, [
          { subject: 'credential', subjectId: replacement.id, effect: 'changed' },
        ])
        await record(tx, entry)
        return 'replaced'
      }),

    revoke: (id, entry) =>
      revoking(engine, async tx => {
        const revoked = await tx
          .updateTable('credentials')
          .set({ revoked_at: entry.at })
          .where('fingerprint', '>=', id)
          .where('fingerprint', '<', `${id}~`)
          .where('revoked_at', 'is', null)
          .executeTakeFirst()
        if (revoked.numUpdatedRows === 0n) return 0
        await appendRevocations(tx, entry.at, [{ subject: 'credential', subjectId: id, effect: 'revoked' }])
        await record(tx, entry)
        return 1
      }),

    revokeGrant: (grantId, entry) =>
      revoking(engine, async tx => {
        await tx
          .updateTable('grants')
          .set({ revoked_at: entry.at, answer: null })
          .where('id', '=', grantId)
          .where('revoked_at', 'is', null)
          .execute()
        const dead = await tx
          .updateTable('credentials')
          .set({ revoked_at: entry.at })
          .where('grant_id', '=', grantId)
          .where('revoked_at', 'is', null)
          .executeTakeFirst()
        await appendRevocations(tx, entry.at, [{ subject: 'grant', subjectId: grantId, effect: 'revoked' }])
        await record(tx, entry)
        return Number(dead.numUpdatedRows)
      }),

    revokeAll: (of, entry) =>
      revoking(engine, async tx => {
        const count = await endCredentials(tx, of, entry.at)
        await record(tx, { ...entry, detail: { ...entry.detail, count } })
        return count
      }),

    adopt: (credential, entry) =>
      engine.write(async tx => {
        const stored = await tx
          .insertInto('credentials')
          .values(fromCredential(credential))
          .onConflict(conflict => conflict.doNothing())
          .executeTakeFirst()
        if (stored.numInsertedOrUpdatedRows === 1n) await record(tx, entry)
      }),

    async sweep(before, limit) {
      return engine.write(async tx => {
        const due = tx.selectFrom('credentials').select('fingerprint').where('expires_at', '<', before).limit(limit)
        const gone = await tx.deleteFrom('credentials').where('fingerprint', 'in', due).executeTakeFirst()
        return Number(gone.numDeletedRows)
      })
    },
  }
}

const activate = async (tx: Transaction, grantId: string, at: number): Promise<boolean> =>
  (
    await tx
      .updateTable('grants')
      .set({ activated_at: at })
      .where('id', '=', grantId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
  ).numUpdatedRows === 1n

async function insertAll(tx: Transaction, credentials: readonly Credential[]): Promise<void> {
  if (credentials.length > 0) await tx.insertInto('credentials').values(credentials.map(fromCredential)).execute()
}
