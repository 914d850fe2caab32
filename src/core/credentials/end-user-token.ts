import { jwtLookup } from '../../crypto/credential-format.ts'
import { aboutCredential, entry } from '../../model/journal.ts'
import type { Act, Oneself } from '../../model/users/actor.ts'
import { readJwt } from '../check/read-jwt.ts'
import type { World } from '../world.ts'

/**
 * Ends a token that its user gives back. Does nothing for a text that is not a valid token of ours, and stores nothing of
 * it.
 */
export async function endUserToken(needs: Needs, { from }: Act, ask: { presented: string }): Promise<void> {
  const claims = await readJwt(needs, ask.presented, 'JWT')
  if (!claims) return
  const credential = await needs.credentials.find('user-token', needs.vault.fingerprint(jwtLookup(claims.jti)))
  if (!credential?.userId) return
  // The token itself authenticates its user, who signs out.
  const act: Act<Oneself> = { by: { is: 'user', user: { id: credential.userId } }, from }
  const signedOut = entry(act, 'signed-out', aboutCredential(credential), { at: needs.now() })
  await needs.credentials.revoke(credential.id, signedOut)
}

type Needs = Pick<World, 'credentials' | 'signer' | 'rules' | 'vault' | 'now'>
