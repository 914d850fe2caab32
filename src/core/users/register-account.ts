import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, ClientActor, UserActor } from '../../model/users/actor.ts'
import { effectiveScopes } from '../../model/users/user.ts'
import { userChanged } from '../credentials/issue/store-for.ts'
import { grantedBy } from '../oauth/authorize/granted-by.ts'
import { grantWithCode } from '../oauth/authorize/open-grant.ts'
import type { Issued } from '../oauth/grants/grant-type.ts'
import { issueForGrant } from '../oauth/grants/issue-for-grant.ts'
import type { World } from '../world.ts'
import { createUser } from './create-user.ts'

/**
 * An application makes an account for a person and gets a token for it, with the scopes of the application's own token.
 * The registration counts as consent and is stored as a grant.
 */
export async function registerAccount(needs: World, act: Act<ClientActor>, ask: RegisterAccount): Promise<Issued> {
  const { client, scopes: carried } = act.by
  if (needs.rules.registration !== 'open')
    throw new Refusal('registration-closed', `registration is ${needs.rules.registration}`)
  const [redirectUri] = client.redirectUris
  if (redirectUri === undefined || !client.grantTypes.includes('authorization_code'))
    throw new Refusal('grant-type-not-allowed', `${client.id} may not act for users`)
  const { from } = act
  needs.throttle.count('account-registration', from)
  const user = await createUser(needs, { by: { is: 'self-registration' }, from }, ask)
  const scopes = effectiveScopes(carried, user)
  const signIn = { silent: false, anew: false }
  const request = { clientId: client.id, scopes, resources: [], signIn, askAgain: false }
  const { grant, code } = grantWithCode(needs, {
    client,
    user,
    authentication: { at: needs.now(), methods: ['pwd'] },
    scopes,
    request: { ...request, way: { is: 'redirect', redirectUri, redirectUriSent: false } },
  })
  const registered: Act<UserActor> = { by: { is: 'user', user }, from }
  const opened = await needs.grants.open(grant, code.credential, grantedBy(registered, grant), user)
  if (opened === 'outdated') throw userChanged(user)
  const place = needs.lookups.place()
  const issued = await issueForGrant(needs, { client, place, act }, { code: code.credential, resources: [] })
  needs.recorder.issued(client.id, issued.createdAt)
  return issued
}

export type RegisterAccount = { handle: string; email: string; password: string }
