import { Refusal, type RefusalCode } from '../../model/refusal.ts'

/** What a person can correct in any form. */
const ALWAYS: readonly RefusalCode[] = [
  'login-failed',
  'rate-limited',
  'overloaded',
  'name-taken',
  'password-unfit',
  'parameter-invalid',
  'parameter-missing',
]

/** Hands back what the person can put right in the same form, `also` included; everything else is a page of its own. */
export const formErrorAmong =
  (...also: readonly RefusalCode[]) =>
  (error: unknown): Refusal => {
    if (error instanceof Refusal && (ALWAYS.includes(error.code) || also.includes(error.code))) return error
    throw error
  }
