import type { z } from 'zod'
import type { Impact } from '../../../model/credentials/ending.ts'
import type * as contract from '../contract.ts'
import { maybeSeconds } from '../times.ts'

/** The use of the last day that an ending would stop. */
export const showImpact = (counts: Impact): z.infer<typeof contract.impact> => ({
  uses_24h: counts.uses,
  refusals_24h: counts.refusals,
  networks_24h: counts.networks,
  last_used_at: maybeSeconds(counts.lastUsedAt),
  credentials: counts.credentials,
  users: counts.users,
  applications: counts.applications,
})
