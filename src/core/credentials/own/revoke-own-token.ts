import { aboutCredential, entry } from '../../../model/journal.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { findOwnToken } from './find-own-token.ts'
import type { OwnToken } from './own-token.ts'

/** Ends a token of an application, together with its grant. */
export async function revokeOwnToken(needs: Needs, act: Act<Oneself>, ask: { id: string }): Promise<OwnToken> {
  const token = await findOwnToken(needs, act, ask)
  const { credential } = token
  const revoked = entry(act, 'revoked', aboutCredential(credential), { at: needs.now() })
  // Ends the whole grant, because its refresh token would make a new access token.
  if (credential.grantId === undefined) await needs.credentials.revoke(credential.id, revoked)
  else await needs.credentials.revokeGrant(credential.grantId, revoked)
  return token
}

type Needs = Pick<World, 'credentials' | 'lookups' | 'now'>
