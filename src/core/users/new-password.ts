import { normalized } from '../../crypto/passwords.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { World } from '../world.ts'
import { refuseGuessable } from './refuse-guessable.ts'

/** The longest password in bytes: more than people type, and short enough to hash at no extra cost. */
export const LONGEST_PASSWORD = 1024

/** The only function that hashes a new password. `names` are the user's names, which a password must not consist of. */
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
