import { DAY, HOUR } from '../../../model/span.ts'
import type { RegistrationLimits } from '../../../ports/registrations.ts'

/**
 * Limits the unused clients that strangers can create, without a fixed total that would shut out everyone. In a day, one
 * network can create 200 clients that are never used, and its area (a wider block of addresses) 400. After more than 600
 * in an hour, areas that created some of them are refused, so that a flood stops itself and others can still register.
 */
export const REGISTRATION_LIMITS: RegistrationLimits = {
  network: { most: 200, within: DAY },
  area: { most: 400, within: DAY },
  all: { most: 600, within: HOUR },
}

/** Some programs register again at each start. Within this time, an equal registration gets the existing client. */
export const SHARED_WITHIN = DAY
