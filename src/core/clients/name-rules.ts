import { Refusal } from '../../model/refusals/refusal.ts'

/** Control characters, line breaks and direction marks. */
export const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Cs}/u

export function checkName(name: string, longest = 200): void {
  if (name.trim() === '') throw new Refusal('parameter-missing', 'empty name', { parameter: 'name' })
  if (name.length > longest)
    throw new Refusal('parameter-invalid', `a name of ${name.length} characters`, {
      parameter: 'name',
      sentence: `The name is longer than ${longest} characters.`,
    })
  if (UNPRINTABLE.test(name))
    throw new Refusal('parameter-invalid', 'control characters in a name', {
      parameter: 'name',
      sentence: 'The name has control or direction characters in it.',
    })
}
