import { Refusal, type RefusalCode } from '../../model/refusals/refusal.ts'

/** Faults that a person can correct in any form. */
const ALWAYS: readonly RefusalCode[] = [
  'login-failed',
  'rate-limited',
  'overloaded',
  'name-taken',
  'password-unfit',
  'parameter-invalid',
  'parameter-missing',
]

/** Returns a fault that the person can correct in the same form (`also` adds codes). Throws all others, for an error page. */
export const formErrorAmong =
  (...also: readonly RefusalCode[]) =>
  (error: unknown): Refusal => {
    if (error instanceof Refusal && (ALWAYS.includes(error.code) || also.includes(error.code))) return error
    throw error
  }
