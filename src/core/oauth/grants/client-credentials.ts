import { aboutCredential, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import { matchesRedirect } from '../../clients/redirect-uri.ts'
import { makeAccessToken } from '../../credentials/issue/make-access-token.ts'
import { chooseResources } from '../choose-resources.ts'
import { chooseScopes } from '../choose-scopes.ts'
import { readScopes } from '../parameters.ts'
import type { GrantType } from './grant-type.ts'

type OwnAsk = { scopes?: Scope[]; resources: string[]; redirectUri: string | undefined }

/** RFC 6749 section 4.4: the client acts for itself, without user and refresh token. */
export const clientCredentials: GrantType<OwnAsk> = {
  name: 'client_credentials',
  parameters: ['scope', 'resource', 'redirect_uri'],
  read: parameters => ({
    ...readScopes(parameters),
    resources: parameters.all('resource'),
    redirectUri: parameters.one('redirect_uri'),
  }),

  async issue(needs, { client, place, act }, ask) {
    if (client.type === 'public') throw new Refusal('grant-type-not-allowed', `${client.id} is public`)
    // Some clients send a redirect address that this grant type does not need. Refuses one that is not registered.
    const { redirectUri } = ask
    if (
      redirectUri !== undefined &&
      !client.redirectUris.some(registered => matchesRedirect(registered, redirectUri, client))
    )
      throw new Refusal('redirect-not-registered', `${redirectUri} is not registered for ${client.id}`)
    const scopes = chooseScopes(client, ask.scopes)
    const resources = await chooseResources(needs, ask.resources)
    const { secret, credential } = makeAccessToken(needs, { client, scopes, resources, place })
    const issued = entry(act, 'issued', aboutCredential(credential), { at: credential.createdAt })
    if (!credential.stated) await needs.credentials.issue([credential], issued)
    else if (needs.rules.journalIssues === 'each') await needs.journal.append([issued])
    else needs.recorder.gather(client.id, issued)
    return {
      accessToken: secret,
      scopes,
      createdAt: credential.createdAt,
      ...(credential.expiresAt !== undefined && { expiresAt: credential.expiresAt }),
    }
  },
}
