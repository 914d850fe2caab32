import { Refusal, type RefusalCode } from '../../model/refusal.ts'

const MENDABLE: readonly RefusalCode[] = [
  'login-failed',
  'rate-limited',
  'overloaded',
  'name-taken',
  'password-unfit',
  'parameter-invalid',
  'parameter-missing',
  'scope-unknown',
  'scope-too-wide',
]

/** What a person can put right in the same form; everything else is a page of its own. */
export function mendable(error: unknown): Refusal {
  if (error instanceof Refusal && MENDABLE.includes(error.code)) return error
  throw error
}
