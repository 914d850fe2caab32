import { type Credential, type Grant, networksOf, statusOf } from '../../../model/credentials/credential.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { intersect, type Scope } from '../../../model/scopes/scope.ts'
import type { AccessTokenAsk } from '../../credentials/issue/make-access-token.ts'
import type { World } from '../../world.ts'

/** True if the key has expired, is revoked or is disabled. A replaced key works until its overlap ends. */
export const isStopped = (key: Credential, now: number): boolean => !['active', 'spent'].includes(statusOf(key, now))

/**
 * Limits what a grant may issue now. A grant that was made from a key gives no more than the key has now, and nothing
 * after the key has ended.
 */
export function keyLimits(
  needs: Pick<World, 'now'>,
  { id, parentId }: Pick<Grant, 'id'> & { parentId?: string | undefined },
  key: Credential | undefined,
): KeyLimits {
  if (parentId === undefined) return { narrow: scopes => [...scopes], token: {} }
  if (!key || isStopped(key, needs.now())) throw new Refusal('grant-revoked', `the key of grant ${id} has ended`)
  const { expiresAt, scopes: own } = key
  return {
    narrow: scopes => (own ? intersect([...scopes], own) : [...scopes]),
    token: { boundToNetworks: networksOf(key) !== undefined, ...(expiresAt !== undefined && { until: expiresAt }) },
    ...(expiresAt !== undefined && { until: expiresAt }),
  }
}

type KeyLimits = {
  narrow(scopes: readonly Scope[]): Scope[]
  token: Pick<AccessTokenAsk, 'until' | 'boundToNetworks'>
  until?: number
}
