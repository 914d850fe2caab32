import type { Client } from '../../model/client.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Scope } from '../../model/scope.ts'
import { effectiveScopes } from '../../model/user.ts'
import { overtaken } from '../credentials/make-credential.ts'
import { grantedEntry } from '../oauth/authorize/authorize.ts'
import { grantWithCode } from '../oauth/authorize/open-grant.ts'
import type { Issued } from '../oauth/grants/grant-type.ts'
import { issueForGrant } from '../oauth/grants/issue-for-grant.ts'
import type { Source, World } from '../world.ts'
import { createUser } from './create-user.ts'

/**
 * An application makes an account for the person in front of it and is given a token for it, with the scopes of its own
 * token. Whoever makes an account in an application has allowed it: that is stored as the grant it is.
 */
export async function registerAccount(needs: World, by: RegisteringClient, ask: RegisterAccount): Promise<Issued> {
  if (needs.rules.registration !== 'open')
    throw new Refusal('registration-closed', `registration is ${needs.rules.registration}`)
  const [redirectUri] = by.client.redirectUris
  if (redirectUri === undefined || !by.client.grantTypes.includes('authorization_code'))
    throw new Refusal('grant-type-not-allowed', `${by.client.id} may not act for users`)
  const { from } = ask
  needs.throttle.enter('account-registration', from)
  const user = await createUser(needs, 'self', ask)
  const { client } = by
  const scopes = effectiveScopes(by.scopes, user)
  const request = { clientId: client.id, redirectUri, redirectUriSent: false, scopes, resources: [] }
  const { grant, code } = grantWithCode(needs, {
    client,
    user,
    scopes,
    request: { ...request, askAgain: false, silent: false },
  })
  const opened = await needs.grants.open(grant, code.credential, grantedEntry(grant, user, from), user)
  if (opened === 'outdated') throw overtaken(user)
  const issued = await issueForGrant(needs, client, {
    code: code.credential,
    resources: [],
    position: needs.directory.position(),
    from,
  })
  needs.witness.issued(client.id, issued.createdAt)
  return issued
}

/** The application, and what the token carries with which it asks. */
export type RegisteringClient = { client: Client; scopes: Scope[] }
export type RegisterAccount = { handle: string; email: string; password: string; from: Source }
