import { type Credential, statusOf } from '../../../model/credentials/credential.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, SelfRegistration } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { refuseUnlessGood } from './refuse-unless-good.ts'

/**
 * Decides whether a client may register itself, before its metadata is read. Returns the initial access token that the
 * client presented (RFC 7591 section 3). The token is optional only if registration is open.
 */
export async function admitRegistration(
  needs: Needs,
  act: Act<SelfRegistration>,
  { token: presented }: { token: string | undefined },
): Promise<Credential<'initial-access-token'> | undefined> {
  const mode = needs.rules.clientRegistration
  if (mode === 'closed')
    throw new Refusal('registration-closed', 'client registration is closed', {
      sentence: 'Clients cannot register themselves here. Ask the staff of this server for a client_id.',
    })
  needs.throttle.count('client-registration', act.from)
  if (presented === undefined) {
    if (mode === 'open') return undefined
    throw new Refusal('credential-missing', 'a registration without initial access token', {
      sentence: 'Registration needs an initial access token here. Ask the staff of this server for one.',
    })
  }
  const token = await needs.credentials.find('initial-access-token', needs.vault.fingerprint(presented))
  if (token && statusOf(token, needs.now()) === 'spent') throw initialTokenSpent(token.id)
  return refuseUnlessGood(needs, act, token)
}

export const initialTokenSpent = (id: string): Refusal =>
  new Refusal('credential-expired', `initial access token ${id} was used as often as it may be`, {
    sentence: 'The initial access token was used as often as it may be. Ask the staff of this server for another one.',
  }).concerning({ credentialId: id })

type Needs = Pick<World, 'credentials' | 'vault' | 'throttle' | 'now'> & {
  rules: Pick<World['rules'], 'clientRegistration'>
}
