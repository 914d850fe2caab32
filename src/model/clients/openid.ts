import type { Scope } from '../scopes/scope.ts'

/* Terms of OpenID Connect that more than one area needs. */

/**
 * Sections 3.1.2.1, 5.4 and 11 of OpenID Connect Core. These scopes give access to the id token and userinfo, but not
 * to an API.
 */
export const OPENID_SCOPES: readonly Scope[] = ['openid', 'profile', 'email', 'phone', 'address', 'offline_access']

/** Section 11: the client wants a refresh token, to work while its user is away. */
export const OFFLINE_ACCESS: Scope = 'offline_access'

/** Authentication context classes, by the number of methods that a person used. */
export const ACR = { one: 'urn:claviger:password', several: 'urn:claviger:mfa' } as const
export type Acr = (typeof ACR)[keyof typeof ACR]
export const ACR_VALUES: readonly Acr[] = Object.values(ACR)

export const isAcr = (value: unknown): value is Acr => ACR_VALUES.some(one => one === value)

type Methods = { methods: readonly string[] }

export const acrOf = ({ methods }: Methods): Acr => (new Set(methods).size > 1 ? ACR.several : ACR.one)

/** RFC 8176: adds `mfa` to the methods if there are several. */
export const amrOf = ({ methods }: Methods): string[] => [
  ...methods,
  ...(acrOf({ methods }) === ACR.several ? ['mfa'] : []),
]

/** Claims that a request names individually (section 5.5), for userinfo and the id token. */
export type ClaimsRequest = { userinfo?: ClaimRequests; idToken?: ClaimRequests }
export type ClaimRequests = Readonly<Record<string, null>>
