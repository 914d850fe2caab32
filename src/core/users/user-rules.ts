import { Refusal } from '../../model/refusals/refusal.ts'
import { canonicalName } from '../../model/users/user.ts'
import { UNPRINTABLE } from '../clients/name-rules.ts'

/* Rules for names and addresses of users, the same for new, changed and imported users. */

export function checkHandle(handle: string): void {
  const wrong =
    handle.length > 100 ||
    canonicalName(handle) === '' ||
    UNPRINTABLE.test(handle) ||
    /\s/.test(handle) ||
    INVISIBLE.test(handle) ||
    mixesAlphabets(canonicalName(handle))
  if (wrong)
    throw new Refusal('parameter-invalid', 'unfit handle', {
      parameter: 'handle',
      sentence: 'A handle has 1 to 100 visible characters of one alphabet and no spaces.',
    })
}

/** Characters that are not visible, so that two different handles would look the same (UTS 39 section 5.3). */
const INVISIBLE = /[\p{Cf}\p{Cn}\p{Co}\p{Default_Ignorable_Code_Point}]/u
/** Latin, Greek and Cyrillic have letters of the same shape, so a name that mixes them could imitate another. */
const mixesAlphabets = (name: string): boolean =>
  [/\p{Script=Latin}/u, /\p{Script=Greek}/u, /\p{Script=Cyrillic}/u].filter(script => script.test(name)).length > 1

export function checkEmail(email: string): void {
  const fits =
    email.length <= 254 && !UNPRINTABLE.test(email) && !INVISIBLE.test(email) && /^[^\s@]+@[^\s@]+$/.test(email)
  if (!fits)
    throw new Refusal('parameter-invalid', 'unfit e-mail address', {
      parameter: 'email',
      sentence: 'That is not an e-mail address.',
    })
}

export const nameTaken = (ask: { handle: string; email?: string }): Refusal =>
  new Refusal('name-taken', `${ask.handle} or ${ask.email ?? 'no e-mail'} is in use`, { parameter: 'handle' })
