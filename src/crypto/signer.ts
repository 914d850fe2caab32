import { createPrivateKey, createPublicKey, hash, type KeyObject, sign } from 'node:crypto'
import { compactVerify, decodeProtectedHeader, errors, exportJWK, generateKeyPair } from 'jose'
import { type ClaimsOf, type JwtType, typedClaims } from '../model/jwt-claims.ts'
import { randomId } from './credential-format.ts'
import { joseSignature } from './jose-signature.ts'

/** ES256: the one algorithm that JOSE libraries of every language know, and as fast as Ed25519 here. */
export const SIGNING_ALGORITHM = 'ES256'

export type KeyMaterial = { id: string; publicJwk: Record<string, unknown>; privateJwk: Record<string, unknown> }

export async function generateSigningKey(): Promise<KeyMaterial> {
  const pair = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true })
  const id = randomId()
  const own = { kid: id, alg: SIGNING_ALGORITHM, use: 'sig' }
  return {
    id,
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...own },
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...own },
  }
}

/** So many verified tokens are remembered, by digest; about 500 bytes each. */
const MOST_VERDICTS = 20_000

/** Signs with one key and verifies with all that are published. `typ` keeps kinds of tokens apart (RFC 8725 section 3.11). */
export type Signer = {
  sign(typ: string, claims: Readonly<Record<string, unknown>>): string
  /** The claims if the signature is ours, the type is this one and the claims are whole; time and issuer are the caller's business. */
  verify<T extends JwtType>(token: string, type: T): Promise<ClaimsOf<T> | undefined>
  /** JWK set of all published keys (RFC 7517 section 5). */
  jwks(): { keys: Record<string, unknown>[] }
  /** Replaces the keys: the first one signs. */
  load(keys: readonly KeyMaterial[]): void
}

export function openSigner(): Signer {
  let signing: { key: KeyObject; id: string; headers: Map<string, string> } | undefined
  /** Tokens whose signature was right, with the keys of this moment. */
  const verdicts = new Map<string, ClaimsOf<JwtType>>()
  let published = new Map<string, { jwk: Record<string, unknown>; key: KeyObject }>()

  return {
    load(keys) {
      const first = keys[0]
      verdicts.clear()
      signing = first && {
        id: first.id,
        key: createPrivateKey({ key: first.privateJwk, format: 'jwk' }),
        headers: new Map(),
      }
      published = new Map(
        keys.map(({ id, publicJwk }) => [
          id,
          { jwk: publicJwk, key: createPublicKey({ key: publicJwk, format: 'jwk' }) },
        ]),
      )
    },

    sign(typ, claims) {
      if (!signing) throw new Error('no signing key is loaded')
      let header = signing.headers.get(typ)
      if (header === undefined) {
        header = encode({ alg: SIGNING_ALGORITHM, typ, kid: signing.id })
        signing.headers.set(typ, header)
      }
      const input = `${header}.${encode(claims)}`
      // node:crypto directly: with jose a signature costs a quarter more processor time (measured in bench/signatures.ts).
      return `${input}.${joseSignature(sign('sha256', Buffer.from(input), signing.key)).toString('base64url')}`
    },

    async verify<T extends JwtType>(token: string, type: T) {
      const digest = hash('sha256', `${type} ${token}`, 'base64')
      const known = verdicts.get(digest)
      if (known) return known as ClaimsOf<T>
      const read = await readToken(token, type, published)
      if (!read) return undefined
      if (verdicts.size >= MOST_VERDICTS) verdicts.delete(verdicts.keys().next().value as string)
      // The keys may have changed meanwhile; what they no longer publish is not remembered.
      if (published.has(read.kid)) verdicts.set(digest, read.claims)
      return read.claims
    },

    jwks: () => ({ keys: [...published.values()].map(({ jwk }) => jwk) }),
  }
}

type Published = ReadonlyMap<string, { key: KeyObject }>

/** Claims of a token of ours, of this type; `undefined` for everybody else's. */
async function readToken<T extends JwtType>(
  token: string,
  type: T,
  published: Published,
): Promise<{ kid: string; claims: ClaimsOf<T> } | undefined> {
  if (!token.split('.').every(isCanonical)) return undefined
  try {
    const { kid, typ } = decodeProtectedHeader(token)
    const known = typeof kid === 'string' ? published.get(kid) : undefined
    if (!kid || !known || typ !== type) return undefined
    const { payload } = await compactVerify(token, known.key, { algorithms: [SIGNING_ALGORITHM] })
    const claims = typedClaims(type, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)))
    return claims && { kid, claims }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof SyntaxError || error instanceof TypeError)
      return undefined
    throw error
  }
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** One spelling only: no padding, no other alphabet, no stray bits at the end (RFC 7515 section 2). */
const isCanonical = (part: string): boolean => Buffer.from(part, 'base64url').toString('base64url') === part
