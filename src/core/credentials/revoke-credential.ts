import type { Credential } from '../../model/credentials/credential.ts'
import { LONGEST_STATED } from '../../model/credentials/statement.ts'
import { aboutCredential, entry } from '../../model/journal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import { type EndableNeeds, findEndable } from './find-endable.ts'

/** Ends a credential by id; for a refresh token, its whole family. Idempotent. */
export async function revokeCredential(needs: Needs, act: Act, ask: RevokeCredential): Promise<RevokedCredential> {
  const credential = await findEndable(needs, act, ask.credentialId, 'revokeCredential')
  if (credential === 'without a row') return { count: await endStated(needs, act, ask) }
  const at = needs.now()
  const family = credential.kind === 'refresh-token' ? credential.grantId : undefined
  const thing = { ...aboutCredential(credential), ...(family && { about: 'grant', aboutId: family }) }
  const revoked = entry(act, 'revoked', thing, { at, reason: ask.reason })
  const count = family
    ? await needs.credentials.revokeGrant(family, revoked)
    : await needs.credentials.revoke(credential.id, revoked)
  return { credential: { ...credential, revokedAt: credential.revokedAt ?? at }, count }
}

/** The end of a token without a row is unknown here, but is at most one day away. */
function endStated(needs: Needs, act: Act, { credentialId: id, reason }: RevokeCredential): Promise<number> {
  const at = needs.now()
  return needs.endedStatements.end(
    { id, endsAt: at + LONGEST_STATED },
    entry(act, 'revoked', aboutCredential({ id }), { at, reason }),
  )
}

export type RevokeCredential = { credentialId: string; reason?: string }
/** `credential` is absent for a token without a row. */
export type RevokedCredential = { credential?: Credential; count: number }
type Needs = EndableNeeds & Pick<World, 'endedStatements' | 'now'>
