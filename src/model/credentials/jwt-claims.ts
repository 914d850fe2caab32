import {
  isCount,
  isName,
  isSeconds,
  isText,
  listOf,
  objectOf,
  optional,
  type Typed,
  type TypeOf,
} from '../refusals/typed.ts'

/*
 * The claims of the JWTs that this server signs, with their types. The types are checked before any claim is used (RFC
 * 7519 section 4.1). The server and offline guards share this table, so that both judge alike.
 */

const isAudience: Typed<string | string[]> = (value): value is string | string[] =>
  isName(value) || (listOf(isName)(value) && value.length > 0)

const EVERY_TOKEN = { iss: isName, sub: isName, iat: isSeconds, exp: isSeconds, nbf: optional(isSeconds), jti: isName }
const CLAIMS = {
  /** RFC 9068 section 2.2. Offline checks also need the names of user and client, and the place in the revocation log. */
  'at+jwt': objectOf({
    ...EVERY_TOKEN,
    aud: isAudience,
    client_id: isName,
    scope: isText,
    client_name: optional(isText),
    username: optional(isText),
    user_number: optional(isCount),
    credential_id: optional(isName),
    grant_id: optional(isName),
    /** The epoch of the client, only in a token without a row (model/credentials/statement.ts). */
    client_epoch: optional(isCount),
    feed_position: optional(isCount),
    feed_incarnation: optional(isText),
  }),
  /** An id token (OpenID Connect Core section 2). */
  'id-token': objectOf({
    iss: isName,
    sub: isName,
    aud: isName,
    iat: isSeconds,
    exp: isSeconds,
    nbf: optional(isSeconds),
    auth_time: isSeconds,
    acr: isName,
    sid: optional(isName),
  }),
  /** A user token of an older system. */
  JWT: objectOf(EVERY_TOKEN),
}

export type JwtType = keyof typeof CLAIMS
/**
 * The `typ` in the header, which distinguishes the kinds of tokens (RFC 8725 section 3.11). Id tokens and signed
 * userinfo answers have no `typ`: user tokens use `JWT`, and some client libraries accept no other value.
 */
export const headerTypeOf = (type: string): string | undefined => (UNTYPED.includes(type) ? undefined : type)
const UNTYPED = ['id-token', 'userinfo']
export type ClaimsOf<T extends JwtType> = TypeOf<(typeof CLAIMS)[T]>

/** Returns the claims if all required ones are present and each has its type. */
export const typedClaims = <T extends JwtType>(type: T, payload: unknown): ClaimsOf<T> | undefined =>
  CLAIMS[type](payload) ? (payload as ClaimsOf<T>) : undefined

/** `nbf` (RFC 7519 section 4.1.5): the token is not valid before this time. */
export const isTooEarly = ({ nbf }: Pick<ClaimsOf<JwtType>, 'nbf'>, now: number): boolean =>
  nbf !== undefined && nbf * 1000 > now
