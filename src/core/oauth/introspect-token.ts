import { hasStatementShape } from '../../crypto/statement.ts'
import type { ResourceServer } from '../../model/clients/client.ts'
import { statusOf } from '../../model/credentials/credential.ts'
import type { Verdict } from '../../model/credentials/verdict.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { SECOND } from '../../model/span.ts'
import type { Act, ClientActor } from '../../model/users/actor.ts'
import type { CredentialFacts } from '../../ports/stores.ts'
import { type CheckNeeds, checkCredential } from '../check/check-credential.ts'
import { principalOf } from '../check/principal.ts'
import { asItsClientSees } from '../openid/subject.ts'
import type { World } from '../world.ts'

/**
 * RFC 7662: a resource server may ask about any credential it received, other clients only about their own. Everyone
 * else gets "inactive" and no other field (section 2.2).
 */
export async function introspectToken(
  needs: Needs,
  act: Act<ClientActor>,
  { presented }: { presented: string },
): Promise<Verdict> {
  const { client: caller } = act.by
  const resource = await needs.lookups.resourceOf(caller.id)
  if (resource) {
    const verdict = await checkCredential(needs, act, { presented: { secret: presented }, audiences: [resource] })
    return withRollingEnd(verdict, resource, needs.now())
  }

  if (caller.type === 'public')
    throw new Refusal('client-proof-missing', `${caller.id} is public: naming oneself is no proof (section 2.1)`)
  const own = await findRefreshable(needs, presented)
  if (own?.credential.kind === 'refresh-token' && own.credential.clientId === caller.id) {
    const alive =
      statusOf(own.credential, needs.now()) === 'active' &&
      own.grant?.revokedAt === undefined &&
      own.user?.active !== false
    return alive
      ? { active: true, principal: await asItsClientSees(needs, principalOf(own)) }
      : { active: false, reason: 'credential-revoked' }
  }
  const verdict = await checkCredential(needs, act, { presented: { secret: presented } })
  if (!verdict.active) return verdict
  if (verdict.principal.client?.id !== caller.id) return { active: false, reason: 'audience-wrong' }
  return { ...verdict, principal: await asItsClientSees(needs, verdict.principal) }
}

/** Finds a refresh token. Tokens that carry their own record and JWTs need no look-up. */
async function findRefreshable(needs: Needs, presented: string): Promise<CredentialFacts | undefined> {
  if (hasStatementShape(presented) || presented.startsWith('eyJ')) return undefined
  return needs.lookups.facts(needs.vault.fingerprint(presented))
}

/** Adds an end to a credential without one, if the API wants it: a later end at each request. */
function withRollingEnd(verdict: Verdict, { rollingExpSeconds }: ResourceServer, now: number): Verdict {
  if (!verdict.active || verdict.principal.expiresAt !== undefined || rollingExpSeconds === undefined) return verdict
  return { ...verdict, principal: { ...verdict.principal, expiresAt: now + rollingExpSeconds * SECOND } }
}

type Needs = CheckNeeds & Pick<World, 'lookups' | 'vault'>
