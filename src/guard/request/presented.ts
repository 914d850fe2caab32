import { parseAuthorization } from '../../model/credentials/authorization.ts'
import { type CopyFault, copyFault } from '../../model/credentials/copied-secret.ts'
import type { Place, Presented } from '../../model/credentials/presented.ts'
import type { AcceptedDialects, CredentialFamily } from '../../model/credentials/verdict.ts'
import type { RefusalCode } from '../../model/refusals/refusal.ts'

/*
 * Finds the credential in a request, for every guard and for the server's own check. The function is pure: it reads the
 * request through three small functions and looks nothing up.
 */

/** The parts of a request that may contain a credential. Each function returns all values in their order. */
export type Carrier = {
  /** `name` in lower case. */
  header(name: string): readonly string[]
  query(name: string): readonly string[]
  /** Fields of a form body; absent if no body was read. */
  form?(name: string): readonly string[]
}

/** The result of the search. `fault` is an error in the way the credential was sent; the credential itself is not checked then. */
export type Carried =
  | { is: 'nothing'; otherScheme?: true }
  | { is: 'faulty'; fault: CarriedFault }
  | { is: 'presented'; presented: Presented; second?: Presented }
export type CarriedFault = Misread | Extract<RefusalCode, 'credential-unknown' | 'credentials-mixed'>
/** Faults of the request itself, independent of the credential. */
export type Misread = CopyFault | 'unreadable' | 'empty' | 'basic-format' | 'basic-encoding'

export type Reading = {
  /** Query parameter that may contain an API key; absent: keys are not read from the URL. */
  apiKeyParameter?: string
}

/** The longest credential that is read. A longer text is refused before any work; RFC 6750 sets no limit. */
const LONGEST = 4096
const NOTHING: Carried = { is: 'nothing' }
const faulty = (fault: CarriedFault): Carried => ({ is: 'faulty', fault })
const presented = (one: Presented): Carried => ({ is: 'presented', presented: one })
const unreadable = (secret: string): Carried => faulty(copyFault(secret) ?? 'unreadable')

/** Reads the places of the accepted dialects in a fixed order. The first place with a value decides. */
export function readCarried(dialects: AcceptedDialects, carrier: Carrier, reading: Reading = {}): Carried {
  const wanted = dialects === 'any' ? EVERY : (dialects ?? (['native'] as const))
  let first: Carried = NOTHING
  for (const dialect of EVERY) {
    if (!wanted.includes(dialect)) continue
    const found = READERS[dialect](carrier, reading)
    if (found.is !== 'nothing') return found
    if (!('otherScheme' in first)) first = found
  }
  return first
}

type Reader = (carrier: Carrier, reading: Reading) => Carried
const READERS: Record<CredentialFamily | 'native', Reader> = {
  native: readKeyed,
  apikey: readKeyed,
  zocial: readBearer,
  zebbra: readBearer,
  mastodon: readMastodon,
  tokenapi: readPair,
}
const EVERY = Object.keys(READERS) as (CredentialFamily | 'native')[]

/** RFC 6750 section 2.1, b64token. */
const BEARER_TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/
/** A key of another system may contain any visible ASCII character. A space means that a proxy joined two headers. */
const KEY = /^[\x21-\x7e]+$/

function readAuthorization(
  carrier: Carrier,
): { scheme: string; value: string } | 'credentials-mixed' | 'unreadable' | undefined {
  const values = carrier.header('authorization')
  if (values.length > 1) return 'credentials-mixed'
  const text = values[0]
  if (text === undefined || text === '') return undefined
  if (text.length > LONGEST + 100) return { scheme: 'bearer', value: text }
  return parseAuthorization(text) ?? 'unreadable'
}

/** RFC 6750 section 2.1. */
function readBearer(carrier: Carrier): Carried {
  const authorization = readAuthorization(carrier)
  if (authorization === undefined) return NOTHING
  if (typeof authorization === 'string') return faulty(authorization)
  const { scheme, value } = authorization
  if (scheme !== 'bearer') return { is: 'nothing', otherScheme: true }
  if (value === '') return faulty('empty')
  if (value.length > LONGEST) return faulty('credential-unknown')
  return BEARER_TOKEN.test(value)
    ? presented({ secret: value, place: 'authorization', scheme: 'bearer' })
    : unreadable(value)
}

/** Reads Bearer, the X-API-Key header, and the query parameter if the operator allows it. If a request has two of them, Authorization decides. */
function readKeyed(carrier: Carrier, { apiKeyParameter }: Reading): Carried {
  const bearer = readBearer(carrier)
  if (bearer.is === 'faulty') return bearer
  const header = readKey(carrier.header('x-api-key'), 'x-api-key')
  const query = apiKeyParameter ? readKey(carrier.query(apiKeyParameter), 'key-parameter') : NOTHING
  if (header === NOTHING && query === NOTHING) return bearer
  for (const one of [header, query]) if (one.is === 'faulty') return one
  const all = [bearer, header, query].flatMap(one => (one.is === 'presented' ? [one.presented] : []))
  const [first, second, third] = all
  if (third) return faulty('credentials-mixed')
  if (!first) return bearer
  return second ? { is: 'presented', presented: first, second } : presented(first)
}

function readKey(values: readonly string[], place: Place): Carried {
  if (values.length > 1) return faulty('credentials-mixed')
  const key = values[0]?.trim()
  if (!key) return NOTHING
  if (key.length > LONGEST) return faulty('credential-unknown')
  return KEY.test(key) ? presented({ secret: key, place }) : unreadable(key)
}

/** Mastodon (from its source): Bearer, then `access_token` and `bearer_token`, each in the form and then in the query. The first value counts. */
function readMastodon(carrier: Carrier): Carried {
  const bearer = readBearer(carrier)
  if (bearer.is !== 'nothing') return bearer
  for (const name of ['access_token', 'bearer_token']) {
    for (const place of ['form', 'query'] as const) {
      const values = carrier[place]?.(name) ?? []
      if (values.length > 1) return faulty('credentials-mixed')
      const secret = values[0]
      if (!secret) continue
      if (secret.length > LONGEST) return faulty('credential-unknown')
      return BEARER_TOKEN.test(secret) ? presented({ secret, place }) : unreadable(secret)
    }
  }
  return bearer
}

/**
 * django-tokenapi (measured): `user` and `token` from the form body, each with the query as fallback; Basic only if one
 * of the two is missing or empty. The pair is one credential, written `user:token`.
 */
function readPair(carrier: Carrier): Carried {
  const field = (name: string): { value: string; place: 'form' | 'query' } => {
    const form = carrier.form?.(name) ?? []
    if (form.length > 0) return { value: form.at(-1) ?? '', place: 'form' }
    return { value: carrier.query(name).at(-1) ?? '', place: 'query' }
  }
  const [user, token] = [field('user'), field('token')]
  if (user.value !== '' && token.value !== '') {
    if (user.value.length + token.value.length > LONGEST) return faulty('credential-unknown')
    const place = user.place === 'query' || token.place === 'query' ? 'query' : 'form'
    return presented({ secret: `${user.value}:${token.value}`, place })
  }
  const authorization = readAuthorization(carrier)
  if (authorization === undefined) return NOTHING
  if (authorization === 'unreadable') return { is: 'nothing', otherScheme: true }
  if (authorization === 'credentials-mixed') return faulty('basic-format')
  if (authorization.scheme !== 'basic') return { is: 'nothing', otherScheme: true }
  if (authorization.value === '') return faulty('basic-format')
  const decoded = decodeBasic(authorization.value)
  const colon = decoded?.indexOf(':') ?? -1
  if (decoded === undefined || colon < 0) return faulty('basic-encoding')
  if (colon === 0 || colon === decoded.length - 1) return NOTHING
  return presented({ secret: decoded, place: 'authorization', scheme: 'basic' })
}

function decodeBasic(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), char => char.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
