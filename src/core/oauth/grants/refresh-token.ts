import type { Client } from '../../../model/client.ts'
import { copyHint } from '../../../model/copied-secret.ts'
import { hasEnded, statusOf } from '../../../model/credential.ts'
import { aboutCredential, aboutGrant, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusal.ts'
import { notCovered, type Scope } from '../../../model/scope.ts'
import { grantedScopes, makeAccessToken } from '../../credentials/make-credential.ts'
import type { World } from '../../world.ts'
import { chooseResources, refuseBeyond, refuseStrange } from '../choose-scopes.ts'
import { readScopes } from '../parameters.ts'
import type { GrantType, Issued } from './grant-type.ts'
import { issued, makeRefreshToken } from './issue-for-grant.ts'

type RefreshAsk = { refreshToken: string; scopes?: Scope[]; resources: string[] }

/**
 * RFC 6749 section 6 with rotation (RFC 9700 section 4.14.2). The answer is stored, sealed by the old token itself, in
 * the transaction that retires it: a repeated request within the window gets the stored pair, and a token that
 * comes back later ends the whole family.
 */
export const refreshToken: GrantType<RefreshAsk> = {
  name: 'refresh_token',
  parameters: ['refresh_token', 'scope', 'resource'],
  read: parameters => ({
    refreshToken: parameters.required('refresh_token'),
    ...readScopes(parameters),
    resources: parameters.all('resource'),
  }),

  async issue(needs, { client, place, act }, ask) {
    const old = await needs.credentials.facts(needs.vault.fingerprint(ask.refreshToken))
    const { credential, grant, user } = old ?? {}
    if (credential?.kind !== 'refresh-token' || !grant)
      throw new Refusal('refresh-unknown', 'no such refresh token', copyHint('refresh_token', ask.refreshToken))
    if (credential.clientId !== client.id)
      throw new Refusal('refresh-unknown', `${client.id} presented a refresh token of ${credential.clientId}`)
    if (credential.userId !== undefined && !user?.active)
      throw new Refusal('grant-revoked', `user ${credential.userId} is disabled`)
    const state = statusOf(credential, needs.now())
    if (state === 'revoked' || grant.revokedAt !== undefined)
      throw new Refusal('grant-revoked', `grant ${grant.id} was revoked`)
    const familyEnded = hasEnded(grant.expiresAt, needs.now())
    // One that was used goes on to be judged as reused, however long ago it would have ended.
    if ((state === 'expired' && credential.spentAt === undefined) || familyEnded)
      throw new Refusal('refresh-unknown', `refresh token ${credential.id} or its family has expired`)

    const scopes = narrow(ask, credential.scopes ?? [])
    const granted = credential.audience
    const resources = await chooseResources(needs, ask.resources.length > 0 ? ask.resources : granted)
    refuseBeyond(granted, resources)

    const generation = credential.generation ?? 0
    const narrowed = { client, scopes, ...(user && { user }) }
    const access = makeAccessToken(needs, { ...narrowed, grantId: grant.id, resources, place })
    const next = makeRefreshToken(needs, client, credential, grant, generation + 1)
    const answer = issued(access, grantedScopes(narrowed), next.secret)
    const at = access.credential.createdAt
    const rotation = await needs.credentials.rotate(
      {
        grantId: grant.id,
        generation,
        at,
        spends: credential.fingerprint,
        issues: [access.credential, next.credential],
        sealedAnswer: needs.vault.sealFor(ask.refreshToken, SEALED, JSON.stringify(answer)),
        replayWithin: needs.rules.refreshReplayMilliseconds,
      },
      entry(act, 'issued', aboutCredential(access.credential), { at }),
    )
    if (rotation.outcome === 'rotated') return answer
    if (rotation.outcome === 'repeated') return repeated(needs, client, ask.refreshToken, rotation.sealedAnswer)
    if (rotation.outcome === 'reused') {
      const thing = { ...aboutGrant(grant), credentialId: credential.id }
      const why = { at, reason: 'refresh-reused' }
      await needs.credentials.revokeGrant(grant.id, entry(act, 'reuse-detected', thing, why))
      throw new Refusal(
        'refresh-reused',
        `refresh token ${credential.id} of generation ${generation} came back; grant ${grant.id} has been revoked`,
      )
    }
    throw new Refusal('grant-revoked', `grant ${grant.id} was revoked meanwhile`)
  },
}

const SEALED = 'refresh-answer'

function repeated(needs: Pick<World, 'vault'>, client: Client, token: string, sealed: string): Issued {
  const answer = needs.vault.openFor(token, SEALED, sealed)
  if (answer === undefined) throw new Refusal('refresh-unknown', `the stored answer for ${client.id} cannot be opened`)
  return JSON.parse(answer) as Issued
}

/** A refresh may only narrow (RFC 6749 section 6). */
function narrow(ask: RefreshAsk, granted: string[]): string[] {
  if (!ask.scopes || ask.scopes.length === 0) return granted
  refuseStrange(ask.scopes)
  const beyond = notCovered(granted, ask.scopes)
  if (beyond.length > 0)
    throw new Refusal('scope-too-wide', `beyond the grant: ${beyond.join(' ')}`, { scopes: granted })
  return ask.scopes
}
