import { aboutUser, entry } from '../../../model/journal.ts'
import type { World } from '../../world.ts'
import type { SignInMethod } from './sign-in-method.ts'

/** Letters and digits that people do not confuse on paper (Crockford's base 32). */
export const RECOVERY_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
export const RECOVERY_LENGTH = 10

/** Ten codes on paper, in case the device is lost. Each replaces one one-time code. */
export const recoveryCode: SignInMethod = {
  name: 'recovery-code',
  amr: 'otp',
  step: 'second',
  fits: presented => recoveryText(presented) !== undefined,

  async prove(needs, act, { user, own, presented = '' }) {
    const text = recoveryText(presented)
    const codes = own.filter(({ method }) => method === 'recovery-code')
    if (!user || codes.length === 0) return { is: 'not-set-up' }
    const data = text && recoveryMark(needs, user.id, text)
    const by = codes.find(one => one.data === data)
    if (!by) return { is: 'wrong' }
    const left = codes.filter(one => one.state === 'active' && one !== by).length
    const what = { at: needs.now(), detail: { what: 'recovery code used', left } }
    const spent = await needs.authenticators.spend(by, entry(act, 'changed', aboutUser(user), what))
    return spent ? { is: 'right', by } : { is: 'used-before' }
  },
}

/** Normalises a code: people omit the hyphen, type capitals, and read 0 as O and 1 as I or L. */
function recoveryText(typed: string): string | undefined {
  const text = typed.normalize('NFKC').toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1')
  return text.length === RECOVERY_LENGTH && [...text].every(letter => RECOVERY_ALPHABET.includes(letter))
    ? text
    : undefined
}

/** A MAC with the master key, so that a stolen database alone does not allow guessing. */
export const recoveryMark = (needs: Pick<World, 'vault'>, userId: string, text: string): string =>
  needs.vault.mac('recovery code', `${userId} ${text}`)
