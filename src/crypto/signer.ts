import { createPrivateKey, createPublicKey, hash, type KeyObject, sign } from 'node:crypto'
import { compactVerify, decodeProtectedHeader, errors, exportJWK, generateKeyPair } from 'jose'
import { type ClaimsOf, headerTypeOf, type JwtType, typedClaims } from '../model/credentials/jwt-claims.ts'
import { type SigningAlgorithm, TOKEN_ALGORITHM } from '../model/credentials/signing-algorithm.ts'
import { randomId } from './credential-format.ts'
import { joseSignature } from './jose-signature.ts'

export type KeyMaterial = {
  id: string
  algorithm: SigningAlgorithm
  publicJwk: Record<string, unknown>
  privateJwk: Record<string, unknown>
}

/** `hintsUntil`: the end of the time in which id tokens of a retired key count as hints. */
type Aging = { hintsUntil?: number }
type PublicKey = Omit<KeyMaterial, 'privateJwk'> & Aging

export async function generateSigningKey(algorithm: SigningAlgorithm = TOKEN_ALGORITHM): Promise<KeyMaterial> {
  const pair = await generateKeyPair(algorithm, { extractable: true })
  const id = randomId()
  const own = { kid: id, alg: algorithm, use: 'sig' }
  return {
    id,
    algorithm,
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...own },
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...own },
  }
}

/** The number of verified tokens that are cached by digest; each takes about 500 bytes. */
const MOST_VERDICTS = 20_000

/**
 * Signs with one key for each algorithm. Verifies with all published keys, each key only for its own algorithm. `typ`
 * keeps kinds of tokens apart (RFC 8725 section 3.11).
 */
export type Signer = {
  /** Throws if no key of this algorithm is loaded. */
  sign(type: string, claims: Readonly<Record<string, unknown>>, algorithm?: SigningAlgorithm): string
  /** Whether a key of this algorithm is loaded. */
  signs(algorithm: SigningAlgorithm): boolean
  /** Returns the claims if the signature is ours, the type is `type` and the claims are complete. The caller checks time and issuer. */
  verify<T extends JwtType>(token: string, type: T): Promise<ClaimsOf<T> | undefined>
  /** JWK set of all published keys (RFC 7517 section 5). */
  jwks(): { keys: Record<string, unknown>[] }
  /** Replaces the keys. The first key of each algorithm signs. The keys in `removed` verify id tokens only, as hints. */
  load(keys: readonly (KeyMaterial & Aging)[], removed?: readonly PublicKey[]): void
}

/** Signs with node:crypto, because a signature with jose costs a quarter more processor time (measured in bench/signatures.ts). */
const SIGN: Record<SigningAlgorithm, (input: Buffer, key: KeyObject) => Buffer> = {
  ES256: (input, key) => joseSignature(sign('sha256', input, key)),
  RS256: (input, key) => sign('sha256', input, key),
  EdDSA: (input, key) => sign(null, input, key),
}

type Signing = { key: KeyObject; id: string; headers: Map<string, string> }

/** `now` is the time of the clock in milliseconds. */
export function openSigner(now: () => number = Date.now): Signer {
  let signing = new Map<SigningAlgorithm, Signing>()
  /** The claims of tokens that the loaded keys verified; `load` clears them. */
  const verdicts = new Map<string, ClaimsOf<JwtType>>()
  let published = new Map<string, Published>()
  let unpublished = new Map<string, Published>()

  return {
    load(keys, removed = []) {
      verdicts.clear()
      signing = new Map()
      for (const key of keys) if (!signing.has(key.algorithm)) signing.set(key.algorithm, signingWith(key))
      published = new Map(keys.map(key => [key.id, publishedOf(key)]))
      unpublished = new Map(removed.map(key => [key.id, publishedOf(key)]))
    },

    sign(type, claims, algorithm = TOKEN_ALGORITHM) {
      const by = signing.get(algorithm)
      if (!by) throw new Error(`no ${algorithm} signing key is loaded`)
      let header = by.headers.get(type)
      if (header === undefined) {
        header = encode({ alg: algorithm, typ: headerTypeOf(type), kid: by.id })
        by.headers.set(type, header)
      }
      const input = `${header}.${encode(claims)}`
      return `${input}.${SIGN[algorithm](Buffer.from(input), by.key).toString('base64url')}`
    },

    signs: algorithm => signing.has(algorithm),

    async verify<T extends JwtType>(token: string, type: T) {
      const digest = hash('sha256', `${type} ${token}`, 'base64')
      const known = verdicts.get(digest)
      if (known) return known as ClaimsOf<T>
      const isHint = type === 'id-token'
      const keyOf = (kid: string) => {
        const key = published.get(kid) ?? (isHint ? unpublished.get(kid) : undefined)
        return isHint && key?.hintsUntil !== undefined && now() >= key.hintsUntil ? undefined : key
      }
      const read = await readToken(token, type, keyOf)
      if (!read) return undefined
      if (verdicts.size >= MOST_VERDICTS) verdicts.delete(verdicts.keys().next().value as string)
      // The keys may have changed during verification, so a token of a key that is no longer published is not cached. The
      // time of a hint may end without a change of the keys.
      if (!isHint && published.has(read.kid)) verdicts.set(digest, read.claims)
      return read.claims
    },

    jwks: () => ({ keys: [...published.values()].map(({ jwk }) => jwk) }),
  }
}

type Published = { jwk: Record<string, unknown>; key: KeyObject; algorithm: SigningAlgorithm } & Aging

const publishedOf = ({ publicJwk, algorithm, hintsUntil }: PublicKey): Published => ({
  ...(hintsUntil !== undefined && { hintsUntil }),
  jwk: publicJwk,
  key: createPublicKey({ key: publicJwk, format: 'jwk' }),
  algorithm,
})

const signingWith = ({ id, privateJwk }: KeyMaterial): Signing => ({
  id,
  key: createPrivateKey({ key: privateJwk, format: 'jwk' }),
  headers: new Map(),
})

/** Returns the claims of our own token of this type; `undefined` for any other token. */
async function readToken<T extends JwtType>(
  token: string,
  type: T,
  keyOf: (kid: string) => Published | undefined,
): Promise<{ kid: string; claims: ClaimsOf<T> } | undefined> {
  if (!token.split('.').every(isCanonical)) return undefined
  try {
    const { kid, typ } = decodeProtectedHeader(token)
    const known = typeof kid === 'string' ? keyOf(kid) : undefined
    if (!kid || !known || typ !== headerTypeOf(type)) return undefined
    const { payload } = await compactVerify(token, known.key, { algorithms: [known.algorithm] })
    const claims = typedClaims(type, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)))
    return claims && { kid, claims }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof SyntaxError || error instanceof TypeError)
      return undefined
    throw error
  }
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Accepts only the canonical spelling: no padding, no other alphabet, no set bits after the last byte (RFC 7515 section 2). */
const isCanonical = (part: string): boolean => Buffer.from(part, 'base64url').toString('base64url') === part
