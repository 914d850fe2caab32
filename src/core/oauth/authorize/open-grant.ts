import { mintFrom, randomId } from '../../../crypto/credential-format.ts'
import type { Client } from '../../../model/clients/client.ts'
import { acrOf } from '../../../model/clients/openid.ts'
import type { Authentication, Credential, Grant, OpenidGrant } from '../../../model/credentials/credential.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import { SECOND, YEAR } from '../../../model/span.ts'
import type { User } from '../../../model/users/user.ts'
import { makeCredential, type NewCredential } from '../../credentials/issue/make-credential.ts'
import type { World } from '../../world.ts'
import { rulesOf } from '../ways/ways.ts'
import type { Interaction } from './interaction.ts'
import { metBy } from './met-by.ts'
import type { AuthorizationRequest } from './request.ts'

/** A family of refresh tokens ends after this time despite rotation (RFC 9700 section 4.14). */
const FAMILY_SECONDS = YEAR / SECOND

/** Makes the grant and its authorization code, without storing them. */
export function grantWithCode(
  needs: Pick<World, 'vault' | 'now'>,
  ask: Allowed,
): { grant: Grant; code: NewCredential<'authorization-code'> } {
  const { client, user, authentication, sessionId, request, scopes, interaction, key } = ask
  const way = rulesOf(request.way)
  const now = needs.now()
  const wanted = Math.min(FAMILY_SECONDS, way.grantSeconds(request.way) ?? FAMILY_SECONDS)
  const grant: Grant = {
    id: randomId(),
    userId: user.id,
    clientId: client.id,
    scopes,
    audience: request.resources,
    generation: 0,
    createdAt: now,
    expiresAt: Math.min(now + wanted * 1000, key?.expiresAt ?? Number.POSITIVE_INFINITY),
    tokensIssued: 0,
    ...(key && { parentId: key.id }),
    ...(sessionId !== undefined && way.inSameBrowser && { sessionId }),
    ...(scopes.includes('openid') && { openid: openidOf(authentication, request) }),
  }
  const code = makeCredential(needs, 'authorization-code', {
    ...(interaction !== undefined && { secret: codeOf(needs, interaction) }),
    grantId: grant.id,
    clientId: client.id,
    userId: user.id,
    scopes,
    audience: request.resources,
    createdAt: now,
    expiresAt: now + way.codeSeconds(client) * 1000,
    data: {
      resources: request.resources,
      authentication,
      ...(key && { parentId: key.id }),
      ...way.address(request.way),
      ...(request.challenge && { challenge: request.challenge }),
      ...(request.nonce !== undefined && { nonce: request.nonce }),
    },
  })
  return { grant, code }
}

/** The permission of a person, and how they signed in, or the key that they presented instead. */
export type Permission = {
  user: User
  authentication: Authentication
  scopes: Scope[]
  /** Id of the session in which the person gave the permission. */
  sessionId?: string
  key?: Credential
}
type Allowed = Permission & {
  client: Client
  request: AuthorizationRequest
  /** The request that the code answers; absent if it was answered without a page. */
  interaction?: Interaction
}

/** The data of a grant for its id tokens and userinfo. */
const openidOf = (authentication: Authentication, { claims, context }: AuthorizationRequest): OpenidGrant => {
  const acr = metBy(context?.values ?? [], acrOf(authentication))
  return { authentication, ...(claims && { claims }), ...(acr && { acr }) }
}

/**
 * Derives the code from the interaction's id, so that a second click gets the same code, with one row. The derivation
 * uses the server's key, because addresses contain the id.
 */
export const codeOf = (needs: Pick<World, 'vault'>, { id }: Pick<Interaction, 'id'>): string =>
  mintFrom('code', Buffer.from(needs.vault.mac('authorization code', id), 'base64url'))
