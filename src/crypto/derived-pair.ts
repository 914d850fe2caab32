import { createHash, createHmac } from 'node:crypto'

/** The name of a derived pair in lists, and the note in its row. */
export const ORIGIN = { name: 'Derived by the Django site', note: 'django' }
const SALT = 'tokenapi.tokens.PasswordResetTokenGenerator'

/**
 * Derives the token that a Django site with django-tokenapi derives for a user. `day` counts whole days since
 * 2001-01-01 and is the first part of the token, in base 36. The second part is every second hex digit of an HMAC-SHA-1
 * over primary key, stored password string and day.
 */
export function derivePair(secretKey: string, ask: { number: number; password: string; day: number }): string {
  const key = createHash('sha1')
    .update(SALT + secretKey)
    .digest()
  const digest = createHmac('sha1', key).update(`${ask.number}${ask.password}${ask.day}`).digest('hex')
  const kept = [...digest].filter((_, i) => i % 2 === 0).join('')
  return `${ask.day.toString(36)}-${kept}`
}
