import type { ClientMetadata, JsonWebKeySet, PublicJwk } from '../../model/clients/client-metadata.ts'
import { Refusal } from '../../model/refusals/refusal.ts'

const MOST_KEYS = 20
const LONGEST = 32_768
const PRIVATE_PARTS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth']

/** Checks the keys of a registration: public signing keys, by value or by URL (RFC 7591 section 2). */
export function checkKeys({ jwks, jwksUri }: ClientMetadata): void {
  if (jwks && jwksUri !== undefined) throw unfit('jwks', 'Send either jwks or jwks_uri, not both.')
  if (jwksUri !== undefined) checkAddress(jwksUri)
  if (!jwks) return
  const { keys } = readKeySet(jwks)
  for (const key of keys) checkKey(key)
  const named = keys.flatMap(({ kid }) => (kid === undefined ? [] : [kid]))
  if (new Set(named).size < named.length)
    throw unfit('jwks', 'Two keys of jwks have the same kid. Give each a kid of its own.')
}

/** Parses a JSON Web Key Set (RFC 7517 section 5), sent or fetched. */
export function readKeySet(value: unknown): JsonWebKeySet {
  const keys = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isKey))
    throw unfit('jwks', 'jwks must be a JSON Web Key Set with at least one key: {"keys": [...]}.')
  if (keys.length > MOST_KEYS || JSON.stringify(value).length > LONGEST)
    throw unfit('jwks', `jwks may hold ${MOST_KEYS} keys and ${LONGEST} characters.`)
  return { keys }
}

const isKey = (value: unknown): value is PublicJwk =>
  typeof value === 'object' && value !== null && 'kty' in value && typeof value.kty === 'string'

function checkKey(key: PublicJwk): void {
  if (PRIVATE_PARTS.some(part => part in key))
    throw unfit(
      'jwks',
      'jwks holds a private or a secret key. Send public keys alone, and replace this one: it is no longer secret.',
    )
  const { kty, crv, n } = key
  if (kty === 'EC' && crv === 'P-256') return
  if (kty === 'OKP' && crv === 'Ed25519') return
  // 2048 bits are 342 characters of base64url (RFC 7518 section 3.3).
  if (kty === 'RSA' && typeof n === 'string' && n.length >= 342) return
  throw unfit('jwks', 'jwks may hold keys of P-256, Ed25519, and RSA of 2048 bits or more.')
}

function checkAddress(uri: string): void {
  const url = URL.canParse(uri) ? new URL(uri) : undefined
  if (url?.protocol !== 'https:' || url.hash !== '' || url.username !== '' || uri.length > 2000)
    throw unfit('jwks_uri', 'jwks_uri must be an https address without user name and fragment.')
}

const unfit = (parameter: string, sentence: string): Refusal =>
  new Refusal('parameter-invalid', `unfit ${parameter}`, { parameter, sentence })
