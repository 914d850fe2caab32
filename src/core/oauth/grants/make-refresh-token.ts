import type { Client } from '../../../model/clients/client.ts'
import type { Credential, Grant } from '../../../model/credentials/credential.ts'
import { makeCredential } from '../../credentials/issue/make-credential.ts'
import type { World } from '../../world.ts'

/** Makes a refresh token of a family; `from` contains what the family was granted. */
export function makeRefreshToken(
  needs: Pick<World, 'vault' | 'now'>,
  client: Client,
  from: Pick<Credential, 'userId' | 'scopes' | 'audience'>,
  grant: Pick<Grant, 'id'> & { expiresAt?: number | undefined },
  generation: number,
) {
  // A rotation renews the life of the token, up to the end of the family.
  const end = needs.now() + client.policy.refreshTokenSeconds * 1000
  return makeCredential(needs, 'refresh-token', {
    clientId: client.id,
    grantId: grant.id,
    generation,
    audience: from.audience,
    expiresAt: Math.min(end, grant.expiresAt ?? end),
    ...(from.scopes && { scopes: from.scopes }),
    ...(from.userId && { userId: from.userId }),
  })
}
