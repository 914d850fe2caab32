import { createHash, createHmac } from 'node:crypto'

/** How a pair of this derivation is called in lists, and marked in its row. */
export const ORIGIN = { name: 'Derived by the Django site', note: 'django' }
const SALT = 'tokenapi.tokens.PasswordResetTokenGenerator'

/**
 * The token that a Django site with django-tokenapi derives for a user: `day` counts whole days since 2001-01-01 and
 * stands in front in base 36; the rest is every second digit of an HMAC-SHA-1 over primary key, stored password string
 * and day.
 */
export function derivePair(secretKey: string, ask: { number: number; password: string; day: number }): string {
  const key = createHash('sha1')
    .update(SALT + secretKey)
    .digest()
  const digest = createHmac('sha1', key).update(`${ask.number}${ask.password}${ask.day}`).digest('hex')
  const kept = [...digest].filter((_, i) => i % 2 === 0).join('')
  return `${ask.day.toString(36)}-${kept}`
}
