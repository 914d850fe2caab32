import { findCredential } from '../../../core/credentials/find-credential.ts'
import { revokeCredential } from '../../../core/credentials/revoke-credential.ts'
import { isOfKind } from '../../../model/credentials/credential.ts'
import { missing } from '../../../model/refusals/missing.ts'
import type { CredentialFilter } from '../../../ports/stores.ts'
import { answered, given, type Handlers, ownerAsked, pageOf, showPage } from '../handler.ts'
import { namesIn } from '../names.ts'
import type { sessionsOperations } from './operations.ts'
import { showSession } from './show.ts'

export const sessionsHandlers: Handlers<keyof typeof sessionsOperations> = {
  async listSessions(world, act, { query }) {
    const filter = given<CredentialFilter>({
      userId: ownerAsked(act.by, 'listSessions', query.owner),
      kinds: ['session'],
      status: 'active',
    })
    const page = await world.credentials.list(filter, pageOf(query))
    const sessions = { ...page, items: page.items.filter(isOfKind('session')) }
    const names = await namesIn(world, sessions.items)
    return answered(showPage(sessions, one => showSession(one, names.user(one.userId ?? ''), act.session)))
  },

  async endSession(world, act, { id }) {
    const credential = await findCredential(world, act, id, 'endSession')
    if (credential.kind !== 'session') throw missing('session', id)
    const { count } = await revokeCredential(world, act, { credentialId: id })
    return answered({ revoked: count })
  },
}
