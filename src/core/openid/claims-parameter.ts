/* The `claims` parameter (OpenID Connect Core section 5.5). */

export type Asked = { userinfo?: Members; idToken?: Members }
type Members = Readonly<Record<string, Member | null>>
type Member = { essential?: boolean; value?: unknown; values?: readonly unknown[] }

const LONGEST = 8192
/** The limit for userinfo, and again for the id token. */
const MOST_CLAIMS = 100

/** Returns `undefined` if the text is not a claims request. Unknown members are ignored. */
export function readClaims(text: string): Asked | undefined {
  const parsed = text.length > LONGEST ? undefined : parse(text)
  if (!isObject(parsed)) return undefined
  const [userinfo, idToken] = [parsed['userinfo'] ?? {}, parsed['id_token'] ?? {}]
  return isMembers(userinfo) && isMembers(idToken) ? { userinfo, idToken } : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isMembers = (value: unknown): value is Members =>
  isObject(value) &&
  Object.keys(value).length <= MOST_CLAIMS &&
  Object.values(value).every(
    one =>
      one === null ||
      (isObject(one) &&
        ['boolean', 'undefined'].includes(typeof one['essential']) &&
        (one['values'] === undefined || Array.isArray(one['values']))),
  )
