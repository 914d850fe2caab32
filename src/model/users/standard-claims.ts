import type { Scope } from '../scopes/scope.ts'

/*
 * The names and types of the standard claims (OpenID Connect Core section 5.1), and the scopes that request them
 * (section 5.4).
 */

/** `derived`: made from other fields of the user, so nobody sets it. `asserted`: only staff can set it. */
type StandardClaim = {
  scope: Scope
  type: 'text' | 'flag' | 'number' | 'url' | 'address'
  from: 'derived' | 'person' | 'asserted'
}

const text = (scope: Scope): StandardClaim => ({ scope, type: 'text', from: 'person' })
const url = (scope: Scope): StandardClaim => ({ scope, type: 'url', from: 'person' })

export const STANDARD_CLAIMS = {
  name: { scope: 'profile', type: 'text', from: 'person' },
  given_name: { scope: 'profile', type: 'text', from: 'derived' },
  family_name: { scope: 'profile', type: 'text', from: 'derived' },
  middle_name: text('profile'),
  nickname: text('profile'),
  preferred_username: { scope: 'profile', type: 'text', from: 'derived' },
  profile: url('profile'),
  picture: url('profile'),
  website: url('profile'),
  gender: text('profile'),
  birthdate: text('profile'),
  zoneinfo: text('profile'),
  locale: text('profile'),
  updated_at: { scope: 'profile', type: 'number', from: 'derived' },
  email: { scope: 'email', type: 'text', from: 'derived' },
  email_verified: { scope: 'email', type: 'flag', from: 'asserted' },
  phone_number: text('phone'),
  phone_number_verified: { scope: 'phone', type: 'flag', from: 'asserted' },
  address: { scope: 'address', type: 'address', from: 'person' },
} as const satisfies Record<string, StandardClaim>

export type ClaimName = keyof typeof STANDARD_CLAIMS
export const CLAIM_NAMES = Object.keys(STANDARD_CLAIMS) as readonly ClaimName[]

/** The members of `address` (section 5.1.1). */
export const ADDRESS_PARTS = ['formatted', 'street_address', 'locality', 'region', 'postal_code', 'country'] as const
export type Address = Partial<Record<(typeof ADDRESS_PARTS)[number], string>>

/** The claims that can be set. The others are made from other fields of the user. */
export const SETTABLE_CLAIMS = CLAIM_NAMES.filter(
  (name): name is SettableName => STANDARD_CLAIMS[name].from !== 'derived',
)

type SettableName = { [N in ClaimName]: (typeof STANDARD_CLAIMS)[N]['from'] extends 'derived' ? never : N }[ClaimName]
type ValueOf<N extends ClaimName> = {
  text: string
  url: string
  flag: boolean
  number: number
  address: Address
}[(typeof STANDARD_CLAIMS)[N]['type']]

/** The claims that are stored for a user; `updated_at` in seconds. */
export type UserClaims = { [N in SettableName]?: ValueOf<N> } & { updated_at?: number }
/** Only the named claims change; `null` removes a claim. */
export type ClaimsChange = { [N in SettableName]?: ValueOf<N> | null | undefined }
