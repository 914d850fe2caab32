import { type Credential, statusOf } from '../../../model/credentials/credential.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, NamedActor } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'

/** Returns a registration token that is known and active, and refuses any other. Counts guesses by network. */
export function refuseUnlessGood<Token extends Credential>(
  needs: Pick<World, 'throttle' | 'now'>,
  { from }: Act<NamedActor>,
  token: Token | undefined,
): Token {
  if (!token) {
    const answer = needs.throttle.countGuess(from)
    throw new Refusal(answer === 'too often' ? 'rate-limited' : 'credential-unknown', 'no such token of registration')
  }
  const status = statusOf(token, needs.now())
  if (status === 'active') return token
  const code = status === 'expired' ? 'credential-expired' : 'credential-revoked'
  throw new Refusal(code, `${token.kind} ${token.id} is ${status}`).concerning({ credentialId: token.id })
}
