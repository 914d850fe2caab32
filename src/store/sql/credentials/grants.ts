import type { GrantStore } from '../../../ports/stores.ts'
import type { Engine } from '../../engine.ts'
import { isCurrent, record } from '../revocations.ts'
import { fromCredential, fromGrant, toGrant } from '../rows.ts'
import { holdCredential, holdSession, noteParticipant } from '../users/end-sessions.ts'
import { grantFactsLoader } from './credential-facts.ts'

export const grantStore = (engine: Engine): GrantStore => ({
  facts: grantFactsLoader(engine),
  async byId(id) {
    const row = await engine.db.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst()
    return row && toGrant(row)
  },
  ofUser: async userId => (await inUse(engine).where('user_id', '=', userId).limit(1000).execute()).map(toGrant),
  ofClient: async clientId => (await inUse(engine).where('client_id', '=', clientId).limit(200).execute()).map(toGrant),
  open: (grant, code, entry, userVersion) =>
    engine.write(async tx => {
      if (userVersion && !(await isCurrent(tx, userVersion))) return 'outdated'
      // A revocation of the key or the session either comes first, or ends the new grant too.
      if (grant.parentId !== undefined && !(await holdCredential(tx, grant.parentId))) return 'outdated'
      if (grant.openid && !(await holdSession(tx, grant))) return 'outdated'
      // Of several answers to one request, only the first can insert the row of the code.
      const first = tx.insertInto('credentials').values(fromCredential(code))
      const stored = await first.onConflict(conflict => conflict.doNothing()).executeTakeFirst()
      if (stored.numInsertedOrUpdatedRows !== 1n) return 'taken'
      await tx
        .insertInto('grants')
        .values({ ...fromGrant(grant), ends_at: code.expiresAt ?? null })
        .execute()
      if (grant.openid) await noteParticipant(tx, grant)
      await record(tx, entry)
      return 'opened'
    }),
})

const inUse = ({ db }: Engine) =>
  db
    .selectFrom('grants')
    .selectAll()
    .where('activated_at', 'is not', null)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
