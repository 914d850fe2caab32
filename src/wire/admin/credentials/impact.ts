import type { z } from 'zod'
import type { World } from '../../../core/world.ts'
import { DAY } from '../../../model/span.ts'
import type * as contract from '../contract.ts'
import { maybeSeconds } from '../times.ts'

/** What the last day says about taking this away. */
export async function showImpact(
  world: World,
  of: { credentialId: string } | { clientId: string },
): Promise<z.infer<typeof contract.impact>> {
  const now = world.now()
  const counts = await world.statistics.impact(of, now - DAY, now)
  return {
    uses_24h: counts.uses,
    refusals_24h: counts.refusals,
    networks_24h: counts.networks,
    last_used_at: maybeSeconds(counts.lastUsedAt),
    credentials: counts.credentials,
    users: counts.users,
  }
}
