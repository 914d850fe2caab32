import { findCredential } from '../../../core/credentials/find-credential.ts'
import { revokeCredential } from '../../../core/credentials/revoke-credential.ts'
import { revokeGrant } from '../../../core/oauth/revoke-grant.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { CredentialFilter } from '../../../ports/stores.ts'
import { namesIn } from '../names.ts'
import { maybeSeconds, seconds, showSession } from '../show.ts'
import { given, type Handlers, ownerAsked, pageOf, showPage, told } from './handler.ts'

export const sessionHandlers: Handlers<'listGrants' | 'revokeGrant' | 'listSessions' | 'endSession'> = {
  async listGrants(world, { by }, { query }) {
    const owner = ownerAsked(by, 'credentials:read', query.owner)
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

  async revokeGrant(world, { by }, { id, from }) {
    const { count } = await revokeGrant(world, by, { grantId: id, from })
    return told({ revoked: count })
  },

  async listSessions(world, { by, session }, { query }) {
    const filter = given<CredentialFilter>({
      userId: ownerAsked(by, 'credentials:read', query.owner),
      kinds: ['session'],
      status: 'active',
    })
    const page = await world.credentials.list(filter, pageOf(query))
    const names = await namesIn(world, page.items)
    return told(showPage(page, one => showSession(one, names.user(one.userId ?? ''), session)))
  },

  async endSession(world, { by }, { id, from }) {
    const credential = await findCredential(world, by, id, 'credentials:revoke')
    if (credential.kind !== 'session')
      throw new Refusal('not-found', `${id} is no session`, { sentence: 'There is no such session.' })
    const { count } = await revokeCredential(world, by, { credentialId: id, from })
    return told({ revoked: count })
  },
}
