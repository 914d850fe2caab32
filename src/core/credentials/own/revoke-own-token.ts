import type { Act, Oneself } from '../../../model/actor.ts'
import { aboutCredential, entry } from '../../../model/journal.ts'
import type { World } from '../../world.ts'
import { findOwnToken } from './find-own-token.ts'
import type { OwnToken } from './own-token.ts'

/** Takes a token away from an application, with the grant that would bring it back. */
export async function revokeOwnToken(needs: Needs, act: Act<Oneself>, ask: { id: string }): Promise<OwnToken> {
  const token = await findOwnToken(needs, act, ask)
  const { credential } = token
  const revoked = entry(act, 'revoked', aboutCredential(credential), { at: needs.now() })
  // A refresh token of the same grant would bring it back, so the grant ends with it.
  if (credential.grantId === undefined) await needs.credentials.revoke(credential.id, revoked)
  else await needs.credentials.revokeGrant(credential.grantId, revoked)
  return token
}

type Needs = Pick<World, 'credentials' | 'lookups' | 'now'>
