import type { Client, ResourceServer } from '../../../model/clients/client.ts'
import { copyHint } from '../../../model/credentials/copied-secret.ts'
import { type Credential, type Grant, hasEnded, statusOf } from '../../../model/credentials/credential.ts'
import { aboutCredential, aboutGrant, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { checkScopes } from '../../../model/scopes/check-scopes.ts'
import { notCovered, type Scope } from '../../../model/scopes/scope.ts'
import type { User } from '../../../model/users/user.ts'
import { grantedScopes } from '../../credentials/issue/granted-scopes.ts'
import { makeAccessToken } from '../../credentials/issue/make-access-token.ts'
import { makeIdToken } from '../../openid/id-token.ts'
import type { World } from '../../world.ts'
import { chooseResources, refuseBeyond } from '../choose-resources.ts'
import { readScopes } from '../parameters.ts'
import type { GrantNeeds, GrantType, Issued, ProvenClient } from './grant-type.ts'
import { issued } from './issue-for-grant.ts'
import { keyLimits } from './key-limits.ts'
import { makeRefreshToken } from './make-refresh-token.ts'

type RefreshAsk = { refreshToken: string; scopes?: Scope[]; resources: string[] }

/**
 * RFC 6749 section 6 with rotation (RFC 9700 section 4.14.2). The transaction that retires the old token also stores the
 * answer, sealed with the old token. A repeated request within the window gets the stored pair; a later reuse ends the
 * whole family.
 */
export const refreshToken: GrantType<RefreshAsk> = {
  name: 'refresh_token',
  parameters: ['refresh_token', 'scope', 'resource'],
  read: parameters => ({
    refreshToken: parameters.required('refresh_token'),
    ...readScopes(parameters),
    resources: parameters.all('resource'),
  }),

  async issue(needs, by, ask) {
    const { client, place, act } = by
    const family = await findFamily(needs, client, ask)
    const { credential, grant, user } = family
    const limits = keyLimits(needs, grant, family.parent)
    const scopes = limits.narrow(narrow(ask, credential.scopes ?? []))
    const granted = credential.audience
    const resources = await chooseResources(needs, ask.resources.length > 0 ? ask.resources : granted)
    refuseBeyond(granted, resources)

    const generation = credential.generation ?? 0
    const narrowed = { client, scopes, ...(user && { user }) }
    const access = makeAccessToken(needs, { ...narrowed, ...limits.token, grant, resources, place })
    const ends = earlier(grant.expiresAt, limits.until)
    const next = makeRefreshToken(needs, client, credential, { id: grant.id, expiresAt: ends }, generation + 1)
    const held = grantedScopes(narrowed)
    const idToken = await makeIdToken(needs, { client, user, grant, scopes: held, accessToken: access.secret })
    const answer = issued(access, held, { refreshToken: next.secret, idToken })
    const asked = askedFor(scopes, resources)
    const at = access.credential.createdAt
    const entered = entry(act, 'issued', aboutCredential(access.credential), { at })
    const rotation = await needs.credentials.rotate(
      {
        grantId: grant.id,
        generation,
        at,
        spends: credential.fingerprint,
        issues: [access.credential, next.credential],
        sealedAnswer: needs.vault.sealFor(ask.refreshToken, SEALED, JSON.stringify({ ...answer, asked })),
        replayWithin: needs.rules.refreshReplayMilliseconds,
      },
      entered,
    )
    if (rotation.outcome === 'rotated') return answer
    if (rotation.outcome === 'reused') throw await endReused(needs, by, family)
    if (rotation.outcome === 'revoked') throw new Refusal('grant-revoked', `grant ${grant.id} was revoked meanwhile`)

    const first = openAnswer(needs, client, ask.refreshToken, rotation.sealedAnswer)
    if (first.asked === undefined || first.asked === asked) return first
    /*
     * A repeat may ask for another scope or resource, but never for more than was granted (RFC 6749 section 6). The
     * repeat gets its own access token, but the same next refresh token. So a family has one successor per step, and a
     * stolen token cannot start a second line (RFC 9700 section 4.14.2).
     */
    const step = { grantId: grant.id, generation: generation + 1 }
    const beside = await needs.credentials.issueBeside(step, [access.credential], entered)
    if (beside === 'gone') throw new Refusal('grant-revoked', `grant ${grant.id} went on or ended meanwhile`)
    return issued(access, held, { refreshToken: first.refreshToken, idToken })
  },
}

/**
 * Finds a refresh token with its grant and user. Refuses the token if it belongs to another client, or if its grant or
 * user is not active.
 */
async function findFamily(needs: GrantNeeds, client: Client, ask: RefreshAsk): Promise<Family> {
  const facts = await needs.credentials.facts(needs.vault.fingerprint(ask.refreshToken))
  const { credential, grant, user, parent } = facts ?? {}
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
  // A used token is not refused here, even if it has expired, so that its reuse is detected.
  if ((state === 'expired' && credential.spentAt === undefined) || familyEnded)
    throw new Refusal('refresh-unknown', `refresh token ${credential.id} or its family has expired`)
  return { credential, grant, user, parent }
}

/** Ends the family of a reused token. Returns the refusal. */
async function endReused(needs: GrantNeeds, { act }: ProvenClient, { credential, grant }: Family): Promise<Refusal> {
  const thing = { ...aboutGrant(grant), credentialId: credential.id }
  const why = { at: needs.now(), reason: 'refresh-reused' }
  await needs.credentials.revokeGrant(grant.id, entry(act, 'reuse-detected', thing, why))
  return new Refusal(
    'refresh-reused',
    `refresh token ${credential.id} of generation ${credential.generation ?? 0} came back; grant ${grant.id} has been revoked`,
  )
}

const SEALED = 'refresh-answer'
/** `asked`: the scopes and resources of the answer. Absent in answers of an earlier version, which every repeat gets. */
type StoredAnswer = Issued & { asked?: string }

function openAnswer(needs: Pick<World, 'vault'>, client: Client, token: string, sealed: string): StoredAnswer {
  const answer = needs.vault.openFor(token, SEALED, sealed)
  if (answer === undefined) throw new Refusal('refresh-unknown', `the stored answer for ${client.id} cannot be opened`)
  return JSON.parse(answer) as StoredAnswer
}

/** The scopes and resources of a request in a canonical form. */
const askedFor = (scopes: readonly Scope[], resources: readonly ResourceServer[]): string =>
  JSON.stringify([[...new Set(scopes)].toSorted(), resources.map(({ audience }) => audience).toSorted()])

/** A refresh may request fewer scopes, never more (RFC 6749 section 6). */
function narrow(ask: RefreshAsk, granted: string[]): string[] {
  if (!ask.scopes || ask.scopes.length === 0) return granted
  checkScopes(ask.scopes)
  const beyond = notCovered(granted, ask.scopes)
  if (beyond.length > 0)
    throw new Refusal('scope-too-wide', `beyond the grant: ${beyond.join(' ')}`, { scopes: granted })
  return ask.scopes
}

type Family = {
  credential: Credential<'refresh-token'>
  grant: Grant
  user: User | undefined
  /** The key from which the grant was made. */
  parent: Credential | undefined
}

const earlier = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other)
