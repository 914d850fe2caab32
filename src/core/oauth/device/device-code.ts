import { randomText } from '../../../crypto/credential-format.ts'
import type { World } from '../../world.ts'

/*
 * A device code and its user code (RFC 8628 section 3.2). The user code is made from the device code with the server's key,
 * so one row, found by the user code, serves both: the program shows the one, and proves with the other that it asked.
 */

/** Without vowels, so that no word appears, and without letters that look alike. */
export const USER_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const LENGTH = 8
/** Section 3.5; in seconds. */
export const DEVICE_SECONDS = 600
export const POLL_SECONDS = 5

/** Uniform: eight letters are drawn from 256 bits by division, whose remainder weighs less than 2^-200. */
export function userCodeOf(needs: Pick<World, 'vault'>, deviceCode: string): string {
  let rest = BigInt(`0x${Buffer.from(needs.vault.mac('user code', deviceCode), 'base64url').toString('hex')}`)
  const letters = BigInt(USER_CODE_LETTERS.length)
  let code = ''
  while (code.length < LENGTH) {
    code += USER_CODE_LETTERS[Number(rest % letters)]
    rest /= letters
  }
  return code
}

/** As it is shown: `XXXX-XXXX`. */
export const spelled = (userCode: string): string => `${userCode.slice(0, LENGTH / 2)}-${userCode.slice(LENGTH / 2)}`

/** As it was typed, in any case, with dashes and spaces; `undefined`: no user code. */
export function readUserCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s\p{Pd}._]/gu, '')
  return code.length === LENGTH && [...code].every(letter => USER_CODE_LETTERS.includes(letter)) ? code : undefined
}

/** What the row of a device code is found by. */
export const lookupOf = (userCode: string): string => `user code ${userCode}`
/** What the row of the browser is found by in which the user code was entered. */
export const confirmationOf = (interaction: string): string => `user code entered for ${interaction}`

/** The id of the interaction that will answer. */
export const newInteraction = (): string => randomText(22)
