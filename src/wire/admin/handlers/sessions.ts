import { findCredential } from '../../../core/credentials/find-credential.ts'
import { revokeCredential } from '../../../core/credentials/revoke-credential.ts'
import { revokeGrant } from '../../../core/oauth/revoke-grant.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { CredentialFilter } from '../../../ports/stores.ts'
import { namesIn } from '../names.ts'
import { maybeSeconds, seconds, showSession } from '../show.ts'
import { given, type Handlers, ownerAsked, pageOf, showPage, told } from './handler.ts'

export const sessionHandlers: Handlers<'listGrants' | 'revokeGrant' | 'listSessions' | 'endSession'> = {
  async listGrants(world, act, { query }) {
    const owner = ownerAsked(act.by, 'credentials:read', query.owner)
    const all = owner === undefined ? [] : await world.grants.ofUser(owner)
    const grants = all.filter(grant => query.client === undefined || grant.clientId === query.client)
    const names = await namesIn(world, grants)
    return told({
      items: grants.map(grant => ({
        id: grant.id,
        user: grant.userId === undefined ? null : names.user(grant.userId),
        client: names.client(grant.clientId),
        scopes: grant.scopes,
        audience: grant.audience,
        created_at: seconds(grant.createdAt),
        expires_at: maybeSeconds(grant.expiresAt),
      })),
    })
  },

  async revokeGrant(world, act, { id }) {
    const { count } = await revokeGrant(world, act, { grantId: id })
    return told({ revoked: count })
  },

  async listSessions(world, act, { query }) {
    const filter = given<CredentialFilter>({
      userId: ownerAsked(act.by, 'credentials:read', query.owner),
      kinds: ['session'],
      status: 'active',
    })
    const page = await world.credentials.list(filter, pageOf(query))
    const names = await namesIn(world, page.items)
    return told(showPage(page, one => showSession(one, names.user(one.userId ?? ''), act.session)))
  },

  async endSession(world, act, { id }) {
    const credential = await findCredential(world, act, id, 'credentials:revoke')
    if (credential.kind !== 'session')
      throw new Refusal('not-found', `${id} is no session`, { sentence: 'There is no such session.' })
    const { count } = await revokeCredential(world, act, { credentialId: id })
    return told({ revoked: count })
  },
}
