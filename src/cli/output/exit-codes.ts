import { Refusal, type RefusalCode } from '../../model/refusals/refusal.ts'
import { ConfigProblem } from '../../server/settings/config.ts'
import { DatabaseProblem } from '../../store/engine.ts'

/** Exit codes; part of the public contract. */
export const EXIT = {
  done: 0,
  bug: 1,
  usage: 2,
  configuration: 3,
  notAllowed: 4,
  notFound: 5,
  conflict: 6,
  unreachable: 7,
  negative: 8,
  rateLimited: 9,
  data: 10,
} as const

export const EXIT_MEANINGS: readonly (readonly [number, string])[] = [
  [EXIT.done, 'done'],
  [EXIT.bug, 'unexpected failure; please report it'],
  [EXIT.usage, 'wrong command or value, or the command was not confirmed'],
  [EXIT.configuration, 'the configuration cannot be used, or there is no installation here'],
  [EXIT.notAllowed, 'not signed in, or not allowed'],
  [EXIT.notFound, 'not found'],
  [EXIT.conflict, 'the name is in use, or the present state does not allow it'],
  [EXIT.unreachable, 'the server or the database cannot be reached'],
  [EXIT.negative, 'the check was made, and its answer is no'],
  [EXIT.rateLimited, 'too many requests; wait and try again'],
  [EXIT.data, 'the data has a wrong format or content'],
  [130, 'interrupted'],
]

const BY_REFUSAL: Partial<Record<RefusalCode, number>> = {
  'not-found': EXIT.notFound,
  'user-unknown': EXIT.notFound,
  'client-unknown': EXIT.notFound,
  'audience-unknown': EXIT.notFound,
  'name-taken': EXIT.conflict,
  'state-conflict': EXIT.conflict,
  'permission-missing': EXIT.notAllowed,
  'scope-insufficient': EXIT.notAllowed,
  'credential-missing': EXIT.notAllowed,
  'credential-malformed': EXIT.notAllowed,
  'credential-unknown': EXIT.notAllowed,
  'credential-expired': EXIT.notAllowed,
  'credential-revoked': EXIT.notAllowed,
  'network-not-allowed': EXIT.notAllowed,
  'consent-denied': EXIT.notAllowed,
  'device-code-expired': EXIT.notAllowed,
  'grant-type-not-allowed': EXIT.notAllowed,
  'grant-revoked': EXIT.notAllowed,
  'login-required': EXIT.notAllowed,
  'user-required': EXIT.notAllowed,
  'request-malformed': EXIT.data,
  'rate-limited': EXIT.rateLimited,
  overloaded: EXIT.rateLimited,
  unavailable: EXIT.unreachable,
  bug: EXIT.bug,
}

const BY_DATABASE: Record<DatabaseProblem['kind'], number> = {
  unusable: EXIT.data,
  unreachable: EXIT.unreachable,
  misplaced: EXIT.configuration,
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigProblem) return EXIT.configuration
  if (error instanceof DatabaseProblem) return BY_DATABASE[error.kind]
  if (error instanceof Refusal) return BY_REFUSAL[error.code] ?? EXIT.usage
  return EXIT.bug
}
