import { normalized } from '../../crypto/passwords.ts'
import { Refusal } from '../../model/refusal.ts'
import type { World } from '../world.ts'
import { refuseGuessable } from './refuse-guessable.ts'

/** Longer than people type, short enough that hashing it costs nothing extra. In bytes. */
export const LONGEST_PASSWORD = 1024

/** The one place where a password becomes stored. `names` are of its user: a password made of them is guessed first. */
export async function hashNewPassword(
  needs: Pick<World, 'passwords' | 'rules'>,
  password: string,
  names: readonly (string | undefined)[],
): Promise<string> {
  checkPassword(needs, password)
  await refuseGuessable(needs, password, names)
  return needs.passwords.hash(password)
}

export function checkPassword(needs: Pick<World, 'rules'>, password: string): void {
  const least = needs.rules.passwordMinLength
  const refuse = (sentence: string): never => {
    throw new Refusal('password-unfit', sentence, { parameter: 'password', sentence })
  }
  if ([...normalized(password)].length < least) refuse(`The password has fewer than ${least} characters.`)
  if (Buffer.byteLength(password) > LONGEST_PASSWORD) refuse(`The password is longer than ${LONGEST_PASSWORD} bytes.`)
  if (password.includes('\0')) refuse('The password has a NUL character in it.')
}
