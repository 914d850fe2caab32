import { randomId } from '../../../crypto/credential-format.ts'
import type { Client } from '../../../model/clients/client.ts'
import { SECOND } from '../../../model/span.ts'
import type { LogoutNotice } from '../../../ports/logouts.ts'
import type { SigningKeyNeeds } from '../../services/signing-keys/add-signing-key.ts'
import { provideSigningKey } from '../../services/signing-keys/provide-signing-key.ts'
import type { World } from '../../world.ts'
import { idTokenAlgorithm } from '../id-token.ts'
import { sessionIdFor } from '../session-id.ts'
import { subjectFor } from '../subject.ts'

const LIFE_SECONDS = 120
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/**
 * Says that the session `sid` has ended (OpenID Connect Back-Channel Logout 1.0 section 2.4). `typ` is `logout+jwt` and a nonce is
 * absent, so that a logout token cannot pass as an id token. Each try gets a fresh token.
 */
export async function makeLogoutToken(
  needs: LogoutTokenNeeds,
  client: Client,
  { userId, sessionId }: LogoutNotice,
): Promise<string> {
  const algorithm = idTokenAlgorithm(client)
  const iat = Math.floor(needs.now() / SECOND)
  const claims = {
    iss: needs.rules.issuer,
    sub: subjectFor(needs, client, { id: userId }),
    aud: client.id,
    iat,
    exp: iat + LIFE_SECONDS,
    jti: randomId(),
    sid: sessionIdFor(needs, sessionId, client),
    events: { [LOGOUT_EVENT]: {} },
  }
  await provideSigningKey(needs, algorithm)
  return needs.signer.sign('logout+jwt', claims, algorithm)
}

export type LogoutTokenNeeds = SigningKeyNeeds & Pick<World, 'rules'>
