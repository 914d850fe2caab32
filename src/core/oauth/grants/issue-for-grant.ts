import type { ResourceServer } from '../../../model/clients/client.ts'
import type { Credential } from '../../../model/credentials/credential.ts'
import { aboutCredential, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import { grantedScopes } from '../../credentials/issue/granted-scopes.ts'
import { makeAccessToken } from '../../credentials/issue/make-access-token.ts'
import type { NewCredential } from '../../credentials/issue/make-credential.ts'
import { makeIdToken } from '../../openid/id-token.ts'
import type { GrantNeeds, Issued, ProvenClient } from './grant-type.ts'
import { keyLimits } from './key-limits.ts'
import { makeRefreshToken } from './make-refresh-token.ts'

/** Spends an authorization code and issues an access token, and a refresh token if the client may refresh. */
export async function issueForGrant(
  needs: GrantNeeds,
  { client, place, act }: ProvenClient,
  { code, resources }: { code: Credential<'authorization-code'>; resources: ResourceServer[] },
): Promise<Issued> {
  const { grantId, userId, scopes = [] } = code
  if (!grantId) throw new Refusal('code-unknown', `code ${code.id} belongs to no grant`)
  const user = userId === undefined ? undefined : await needs.users.byId(userId)
  if (userId !== undefined && !user?.active) throw new Refusal('grant-revoked', `user ${userId} is disabled`)

  const { parentId } = code.data
  const key = parentId === undefined ? undefined : await needs.credentials.byId(parentId)
  const limits = keyLimits(needs, { id: grantId, parentId }, key)
  const granted = { client, scopes: limits.narrow(scopes), ...(user && { user }) }
  const grant = { id: grantId, scopes, audience: code.audience }
  const access = makeAccessToken(needs, { ...granted, ...limits.token, grant, resources, place })
  const refresh = client.grantTypes.includes('refresh_token')
    ? makeRefreshToken(needs, client, code, { id: grantId, expiresAt: limits.until }, 0)
    : undefined
  const held = grantedScopes(granted)
  const idToken = await makeIdToken(needs, {
    ...{ client, user, scopes: held, accessToken: access.secret, nonce: code.data.nonce },
    grant: held.includes('openid') ? await needs.grants.byId(grantId) : undefined,
  })
  const outcome = await needs.credentials.redeem(
    {
      fingerprint: code.fingerprint,
      kind: 'authorization-code',
      at: access.credential.createdAt,
      issues: refresh ? [access.credential, refresh.credential] : [access.credential],
      activatesGrant: grantId,
    },
    entry(act, 'issued', aboutCredential(access.credential), { at: access.credential.createdAt }),
  )
  // A concurrent request has spent the code. Its tokens stay valid, because a double click is no theft; a later replay
  // ends them.
  if (outcome === 'spent') throw new Refusal('code-spent', `code ${code.id} was spent at the same moment`)
  return issued(access, held, { refreshToken: refresh?.secret, idToken })
}

/** Contains the scopes of the token, which may be fewer than the granted ones (RFC 6749 section 5.1). */
export function issued(
  made: NewCredential,
  scopes: readonly Scope[],
  { refreshToken, idToken }: { refreshToken: string | undefined; idToken: string | undefined },
): Issued {
  const { secret: accessToken, credential: access } = made
  const answer: Issued = { accessToken, scopes: [...scopes], createdAt: access.createdAt }
  if (access.expiresAt !== undefined) answer.expiresAt = access.expiresAt
  if (refreshToken !== undefined) answer.refreshToken = refreshToken
  if (idToken !== undefined) answer.idToken = idToken
  return answer
}
