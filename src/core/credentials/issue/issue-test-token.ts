import { NOWHERE } from '../../../model/credentials/validity.ts'
import { aboutCredential, entry } from '../../../model/journal.ts'
import type { Act, UserActor } from '../../../model/users/actor.ts'
import { mayGrant } from '../../../model/users/user.ts'
import { findOwnClient } from '../../clients/own/find-own-client.ts'
import { refuseDisabled } from '../../oauth/refuse-disabled.ts'
import type { World } from '../../world.ts'
import { type AccessTokenNeeds, makeAccessToken } from './make-access-token.ts'
import { storeFor } from './store-for.ts'

/** The life of a test token: one hour is enough to try an API. */
const LIFE_SECONDS = 3600

/** Issues an access token of the user's own application for the user, to try an API without the OAuth flow. */
export async function issueTestToken(needs: Needs, act: Act<UserActor>, ask: { clientId: string }): Promise<TestToken> {
  const { user } = act.by
  const client = await findOwnClient(needs, act, { id: ask.clientId })
  refuseDisabled(client)
  const scopes = client.scopes.filter(scope => mayGrant(user, scope))
  const policy = { ...client.policy, accessTokenSeconds: LIFE_SECONDS }
  const { secret, credential } = makeAccessToken(needs, {
    client: { ...client, policy },
    user,
    scopes,
    resources: [],
    place: NOWHERE, // only JWTs contain the place
  })
  const named = { ...credential, name: 'Made in the portal' }
  await storeFor(needs, user, named, entry(act, 'issued', aboutCredential(named), { at: named.createdAt }))
  return { secret, scopes, seconds: LIFE_SECONDS }
}

export type TestToken = { secret: string; scopes: string[]; seconds: number }
type Needs = AccessTokenNeeds & Pick<World, 'clients' | 'credentials'>
