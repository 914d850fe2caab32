import { DAY, HOUR } from '../../../model/span.ts'
import type { RegistrationLimits } from '../../../ports/registrations.ts'

/**
 * Bounds what strangers leave behind, without a number of clients above which all are refused. One network leaves at most 200 clients a day
 * that were never used, and the wider block around it 400. With more than 600 in an hour, the areas that registered within this
 * hour are refused, so that a flood stops itself and others still register.
 */
export const REGISTRATION_LIMITS: RegistrationLimits = {
  network: { most: 200, within: DAY },
  area: { most: 400, within: DAY },
  all: { most: 600, within: HOUR },
}

/** Programs register anew at each start; within this time an equal registration gets the client of the one before. */
export const SHARED_WITHIN = DAY
