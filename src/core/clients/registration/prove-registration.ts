import type { Client } from '../../../model/clients/client.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, Anonymous } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { refuseUnlessGood } from './refuse-unless-good.ts'

/**
 * Returns the client that a registration token belongs to (RFC 7592 section 2). The token of another client counts as
 * unknown, and a disabled client cannot manage itself.
 */
export async function proveRegistration(needs: Needs, act: Act<Anonymous>, ask: ProveRegistration): Promise<Client> {
  if (ask.token === undefined) throw new Refusal('credential-missing')
  const found = await needs.credentials.find('registration-token', needs.vault.fingerprint(ask.token))
  const token = refuseUnlessGood(needs, act, found?.clientId === ask.clientId ? found : undefined)
  const client = await needs.clients.byId(ask.clientId)
  const concerns = { clientId: ask.clientId, credentialId: token.id }
  if (!client) throw new Refusal('credential-revoked', `client ${ask.clientId} is gone`).concerning(concerns)
  if (!client.active)
    throw new Refusal('credential-disabled', `client ${client.id} is disabled`, {
      sentence: 'This client was disabled by the staff of this server.',
    }).concerning(concerns)
  return client
}

export type ProveRegistration = { clientId: string; token: string | undefined }
type Needs = Pick<World, 'credentials' | 'clients' | 'vault' | 'throttle' | 'now'>
