import { jwtLookup, orderedId } from '../../../crypto/credential-format.ts'
import { aboutCredential, entry } from '../../../model/journal.ts'
import type { Act, Anonymous } from '../../../model/users/actor.ts'
import { type AuthenticateUser, authenticateUser, type PasswordNeeds } from '../../sign-in/authenticate-user.ts'
import { signInName } from '../../users/sign-in-name.ts'
import type { World } from '../../world.ts'
import { makeCredential } from './make-credential.ts'
import { storeFor } from './store-for.ts'

/**
 * Issues a short-lived token with all rights of a user, for name and password. The token is a JWT, because clients read
 * its end. It also has a row, which makes it revocable. The row belongs to the user's immutable id, so the token
 * survives a change of name.
 */
export async function issueUserToken(needs: Needs, act: Act<Anonymous>, ask: AuthenticateUser): Promise<string> {
  const user = await authenticateUser(needs, act, ask)
  const now = needs.now()
  const expiresAt = now + needs.rules.userTokenSeconds * 1000
  const jti = orderedId()
  const secret = needs.signer.sign('JWT', {
    sub: signInName(user),
    iss: needs.rules.issuer,
    iat: Math.floor(now / 1000),
    exp: Math.floor(expiresAt / 1000),
    jti,
  })
  const { credential } = makeCredential(needs, 'user-token', {
    secret,
    lookedUpBy: jwtLookup(jti),
    userId: user.id,
    createdAt: now,
    expiresAt,
  })
  const signedIn: Act = { by: { is: 'user', user }, from: act.from }
  await storeFor(needs, user, credential, entry(signedIn, 'issued', aboutCredential(credential), { at: now }))
  return secret
}

type Needs = PasswordNeeds & Pick<World, 'credentials' | 'signer'>
