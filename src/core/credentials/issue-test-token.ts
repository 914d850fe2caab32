import type { Session } from '../../model/session.ts'
import { mayGrant } from '../../model/user.ts'
import { findOwnClientById } from '../clients/own-clients.ts'
import { refuseDisabled } from '../oauth/authenticate-client.ts'
import type { Source, World } from '../world.ts'
import { makeAccessToken, storeFor } from './make-credential.ts'

/** Long enough to try something out. */
const LIFE_SECONDS = 3600

/** An access token of one's own application, acting for oneself: for trying things out, without the whole flow. */
export async function tokenForMe(
  needs: Needs,
  { user }: Session,
  ask: { clientId: string; from: Source },
): Promise<TokenForMe> {
  const client = await findOwnClientById(needs, user.id, ask.clientId)
  refuseDisabled(client)
  const scopes = client.scopes.filter(scope => mayGrant(user, scope))
  const policy = { ...client.policy, accessTokenSeconds: LIFE_SECONDS }
  const { secret, credential } = makeAccessToken(needs, {
    client: { ...client, policy },
    user,
    scopes,
    resources: [],
    position: 0, // only a JWT tells it
  })
  const named = { ...credential, name: 'Made in the portal' }
  await storeFor(needs, user, named, {
    at: credential.createdAt,
    event: 'issued',
    about: 'credential',
    aboutId: credential.id,
    actor: user.id,
    userId: user.id,
    clientId: client.id,
    credentialId: credential.id,
    ...ask.from,
  })
  return { secret, scopes, seconds: LIFE_SECONDS }
}

export type TokenForMe = { secret: string; scopes: string[]; seconds: number }
type Needs = Pick<World, 'clients' | 'credentials' | 'vault' | 'signer' | 'rules' | 'now'>
