import { LONGEST_PASSWORD } from '../../users/new-password.ts'
import { activeOf, type SignInMethod } from './sign-in-method.ts'

/** A password. An imported user keeps the other system's hash until the first sign-in here. */
export const password: SignInMethod = {
  name: 'password',
  amr: 'pwd',
  step: 'first',
  fits: presented => Buffer.byteLength(presented) <= LONGEST_PASSWORD,

  async prove(needs, _act, { own, presented = '' }) {
    const usable = password.fits(presented)
    const by = activeOf(own, 'password')
    const { right, outdated } = await needs.passwords.verify(usable ? presented : '', usable ? by?.data : undefined)
    return by && right ? { is: 'right', by, outdated } : { is: 'wrong' }
  },
}
