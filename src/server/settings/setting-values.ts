import { type CredentialFamily, DIALECT_NAMES } from '../../model/credentials/verdict.ts'

/* Parsers for the text of a setting. Each throws a message that says what the value must be. */

export const text = (value: string): string => value
export const oneOf =
  <const T extends string>(...allowed: readonly T[]) =>
  (value: string): T => {
    if (!(allowed as readonly string[]).includes(value)) throw new Error(`must be one of ${allowed.join(', ')}`)
    return value as T
  }
export const whole =
  (least: number, most: number) =>
  (value: string): number => {
    const number = Number(value)
    if (!/^\d{1,12}$/.test(value) || number < least || number > most)
      throw new Error(`must be a whole number from ${least} to ${most}`)
    return number
  }
export const dialectList = (value: string): CredentialFamily[] =>
  value
    .split(/[\s,]+/)
    .filter(part => part !== '' && part !== 'none')
    .flatMap(part => (part === 'all' ? [...DIALECT_NAMES] : [oneOf(...DIALECT_NAMES)(part)]))
export const parameterName = (value: string): string => {
  if (!/^[A-Za-z][\w-]{0,63}$/.test(value)) throw new Error('must be a letter followed by letters, digits, - and _')
  return value
}
export const shortText = (value: string): string => {
  if (value.trim() === '' || value.length > 60 || /\p{Cc}/u.test(value)) throw new Error('must be 1 to 60 characters')
  return value.trim()
}
export const color = (value: string): string => {
  if (!/^#[0-9a-f]{6}$/i.test(value)) throw new Error('must be a colour like #14705a')
  return value.toLowerCase()
}
export const bearerToken =
  (length: number) =>
  (value: string): string => {
    const token = value.trim()
    if (token.length < length || /[^\x21-\x7E]/.test(token))
      throw new Error(
        `must have at least ${length} characters, all of them visible ASCII: it is sent as a bearer token`,
      )
    return token
  }
