import { isJwtLookup, jwtLookup } from '../../crypto/credential-format.ts'
import type { Client } from '../../model/client.ts'
import { KINDS } from '../../model/credential.ts'
import { Refusal } from '../../model/refusal.ts'
import { readJwt } from '../check/read-jwt.ts'
import type { Source, World } from '../world.ts'

/** A client gives back a credential (RFC 7009). Giving back what refreshes also ends what was made from it. */
export async function revokeToken(needs: Needs, client: Client, ask: RevokeToken): Promise<Revoked> {
  if (isJwtLookup(ask.presented)) return { count: 0 }
  const claims = await readJwt(needs, ask.presented, 'at+jwt')
  const key = claims ? jwtLookup(claims.jti) : ask.presented
  const credential = await needs.credentials.find(needs.vault.fingerprint(key))
  // Already gone is as good as revoked (section 2.2); and what is no token is nothing to give back: whoever saw the code
  // of a public client pass by could otherwise end it, without the verifier.
  if (!credential || (!KINDS[credential.kind].bearer && credential.kind !== 'refresh-token')) return { count: 0 }
  if (credential.clientId !== client.id)
    throw new Refusal('credential-not-yours', `${client.id} gave back ${credential.id}`)

  const entry = {
    at: needs.now(),
    event: 'revoked' as const,
    about: 'credential',
    aboutId: credential.id,
    actor: client.id,
    clientId: client.id,
    credentialId: credential.id,
    ...(credential.userId && { userId: credential.userId }),
    ...ask.from,
  }
  const wholeFamily = credential.kind === 'refresh-token' && credential.grantId !== undefined
  const count = wholeFamily
    ? await needs.credentials.revokeGrant(credential.grantId as string, {
        ...entry,
        about: 'grant',
        aboutId: credential.grantId as string,
      })
    : await needs.credentials.revoke(credential.id, entry)
  return { count }
}

export type RevokeToken = { presented: string; from: Source }
export type Revoked = { count: number }
type Needs = Pick<World, 'credentials' | 'vault' | 'signer' | 'rules' | 'now'>
