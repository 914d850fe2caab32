import { UNPRINTABLE } from '../name-rules.ts'
import { LONGEST_URI } from '../redirect-uri.ts'
import { unfit } from './unfit-metadata.ts'

/*
 * Parsers for values of client metadata. Each gets the name of the field for its refusal, and returns the value to
 * store.
 */

export type ReadValue<T> = (value: unknown, field: string) => T

export const text =
  (longest: number): ReadValue<string> =>
  (value, field) => {
    if (typeof value !== 'string' || value.trim() === '' || value.length > longest || UNPRINTABLE.test(value))
      throw unfit(field, `${field} must be a text of 1 to ${longest} printable characters.`)
    return value
  }

export const oneOf =
  <T extends string>(...allowed: readonly T[]): ReadValue<T> =>
  (value, field) => {
    const found = allowed.find(one => one === value)
    if (found === undefined) throw unfit(field, `${field} must be one of: ${allowed.join(', ')}.`)
    return found
  }

export const flag: ReadValue<boolean> = (value, field) => {
  if (typeof value !== 'boolean') throw unfit(field, `${field} must be true or false.`)
  return value
}

export const seconds: ReadValue<number> = (value, field) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > 315_360_000)
    throw unfit(field, `${field} must be a whole number of seconds.`)
  return value as number
}

export const listOf =
  <T>(read: ReadValue<T>, most: number): ReadValue<T[]> =>
  (value, field) => {
    if (!Array.isArray(value) || value.length > most) throw unfit(field, `${field} must be a list of at most ${most}.`)
    return [...new Set(value.map(one => read(one, field)))]
  }

/** The address of a page for people. */
export const webAddress: ReadValue<string> = (value, field) => {
  if (!isAddress(value, ['https:', 'http:']))
    throw unfit(
      field,
      `${field} must be an http or https address without user name, of at most ${LONGEST_URI} characters.`,
    )
  return value
}

/** An address that this server requests. */
export const secureAddress: ReadValue<string> = (value, field) => {
  if (!isAddress(value, ['https:']) || value.includes('#'))
    throw unfit(
      field,
      `${field} must be an https address without user name and fragment, of at most ${LONGEST_URI} characters.`,
    )
  return value
}

/** The address for logout tokens: https in every installation, because the tokens are signed statements about people. */
export const logoutAddress: ReadValue<string> = (value, field) => {
  if (typeof value === 'string' && isAddress(value, ['http:']))
    throw unfit(
      field,
      `${field} must be an https address, also on this machine. For development, let the application answer with https under a certificate that this server trusts (NODE_EXTRA_CA_CERTS), and list its address in CLAVIGER_OUTBOUND_ALLOW.`,
    )
  return secureAddress(value, field)
}

/** OpenID Connect registration section 2: the fragment of a `request_uri` is the digest of its content. */
export const requestAddress: ReadValue<string> = (value, field) => {
  if (!isAddress(value, ['https:']))
    throw unfit(field, `${field} must hold https addresses without user name, of at most ${LONGEST_URI} characters.`)
  return value
}

function isAddress(value: unknown, protocols: readonly string[]): value is string {
  if (typeof value !== 'string' || value.length > LONGEST_URI) return false
  if (!/^[\x21-\x7E]+$/.test(value) || /[\\<>"`{}|^]/.test(value) || !URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return protocols.includes(protocol) && username === '' && password === ''
}
