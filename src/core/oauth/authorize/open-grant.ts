import { mintFrom, randomId } from '../../../crypto/credential-format.ts'
import type { Client } from '../../../model/client.ts'
import type { Authentication, Grant } from '../../../model/credential.ts'
import type { Scope } from '../../../model/scope.ts'
import { DAY, SECOND } from '../../../model/span.ts'
import type { User } from '../../../model/user.ts'
import { makeCredential, type NewCredential } from '../../credentials/make-credential.ts'
import type { World } from '../../world.ts'
import type { Interaction } from './interaction.ts'
import { type AuthorizationRequest, isDeviceRequest, type WaitingRequest } from './request.ts'

/** RFC 6749 section 4.1.2: ten minutes at most, also if a policy says more. */
const LONGEST_CODE_SECONDS = 600
/** A family of refresh tokens ends after this time, however often it rotates (OAuth 2.0 Security BCP, section 4.14). */
const FAMILY_SECONDS = (365 * DAY) / SECOND

/** What the person allowed, and the code that will turn it into tokens. Nothing is stored yet. */
export function grantWithCode(
  needs: Pick<World, 'vault' | 'now'>,
  ask: Allowed,
): { grant: Grant; code: NewCredential } {
  const { client, user, authentication, request, scopes, interaction } = ask
  const now = needs.now()
  const grant: Grant = {
    id: randomId(),
    userId: user.id,
    clientId: client.id,
    scopes,
    audience: request.resources,
    generation: 0,
    createdAt: now,
    expiresAt: now + Math.min(FAMILY_SECONDS, wantedSeconds(request)) * 1000,
    tokensIssued: 0,
  }
  const code = makeCredential(needs, 'authorization-code', {
    ...(interaction !== undefined && { secret: codeOf(needs, interaction) }),
    grantId: grant.id,
    clientId: client.id,
    userId: user.id,
    scopes,
    audience: request.resources,
    createdAt: now,
    expiresAt: now + (isDeviceRequest(request) ? LONGEST_CODE_SECONDS : codeSeconds(client)) * 1000,
    data: {
      resources: request.resources,
      authentication,
      ...(isDeviceRequest(request) ? NO_ADDRESS : addressOf(request)),
    },
  })
  return { grant, code }
}

/** The code of a device request never leaves the server: the program asks by its device code. It waits as long as that would. */
const NO_ADDRESS = { redirectUri: '', redirectUriSent: false }
const addressOf = ({ redirectUri, redirectUriSent, challenge }: AuthorizationRequest) => ({
  redirectUri,
  redirectUriSent,
  ...(challenge && { challenge }),
})
const codeSeconds = ({ policy }: Client): number => Math.min(policy.codeSeconds, LONGEST_CODE_SECONDS)
const wantedSeconds = (request: WaitingRequest): number =>
  (isDeviceRequest(request) ? request.device.grantSeconds : undefined) ?? FAMILY_SECONDS

/** What a person allowed, and how they had signed in. */
export type Allowed = {
  client: Client
  user: User
  authentication: Authentication
  request: WaitingRequest
  scopes: Scope[]
  /** The waiting request that the code answers; absent: it was answered at once. */
  interaction?: Interaction
}

/**
 * The code that answers this interaction, always the same: a second click gets the same answer, and the row of the code
 * is there once. It is made with the server's key, so the id alone, which stands in addresses, does not tell it.
 */
export const codeOf = (needs: Pick<World, 'vault'>, { id }: Pick<Interaction, 'id'>): string =>
  mintFrom('code', Buffer.from(needs.vault.mac('authorization code', id), 'base64url'))
