import { randomText } from '../../../crypto/credential-format.ts'
import type { World } from '../../world.ts'

/*
 * A device code and its user code (RFC 8628 section 3.2). The user code is derived from the device code with the server's
 * key, so one row, found by the user code, serves both. The device shows the user code. Later the device code proves that
 * the device made the request.
 */

/** The letters of user codes. There are no vowels, so that no words appear, and no letters that look alike. */
export const USER_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const LENGTH = 8
/** Section 3.5; in seconds. */
export const DEVICE_SECONDS = 600
export const POLL_SECONDS = 5

/** Draws eight letters from 256 bits by division. They are uniform, except for a bias below 2^-200. */
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

/** The displayed form: `XXXX-XXXX`. */
export const spelled = (userCode: string): string => `${userCode.slice(0, LENGTH / 2)}-${userCode.slice(LENGTH / 2)}`

/** Parses a typed code in any letter case, with hyphens and spaces; undefined for other texts. */
export function readUserCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s\p{Pd}._]/gu, '')
  return code.length === LENGTH && [...code].every(letter => USER_CODE_LETTERS.includes(letter)) ? code : undefined
}

/** The text to look up a device code by. */
export const lookupOf = (userCode: string): string => `user code ${userCode}`
/** The text to look up the browser by in which the user code was entered. */
export const confirmationOf = (interaction: string): string => `user code entered for ${interaction}`

/** The id of the interaction that will answer the request. */
export const newInteraction = (): string => randomText(22)
