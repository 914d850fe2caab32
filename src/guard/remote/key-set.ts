import { TOKEN_ALGORITHM } from '../../model/credentials/signing-algorithm.ts'
import { exactly, isName, listOf, objectOf, type Typed } from '../../model/refusals/typed.ts'

/*
 * The signing keys of a server, fetched at first use. An unknown key id triggers at most one fetch in 30 seconds,
 * because strangers can invent key ids. Known keys remain usable while the server does not answer.
 */

export type KeySet = {
  /** Returns the key with this id and the issuer of the server's tokens. */
  find(kid: string): Promise<{ key: CryptoKey; issuer: string } | undefined>
  /** Marks the keys as changed, so they are fetched again at the next use. */
  forget(): void
}

const PAUSE_MILLISECONDS = 30_000
const LONGEST_KID = 100

export function openKeySet(options: {
  url: string
  timeoutMilliseconds: number
  onError?: (error: unknown) => void
}): KeySet {
  let keys = new Map<string, CryptoKey>()
  let issuer = ''
  let fetchedAt = Number.NEGATIVE_INFINITY
  let outdated = true
  let fetching: Promise<void> | undefined

  async function document<T>(path: string, typed: Typed<T>): Promise<T> {
    const signal = AbortSignal.timeout(options.timeoutMilliseconds)
    const answer = await fetch(options.url + path, { signal, redirect: 'error' })
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
    const body: unknown = await answer.json()
    if (!typed(body)) throw new Error(`${path} is not what RFC 8414 and RFC 7517 describe`)
    return body
  }

  async function fetchKeys(): Promise<void> {
    fetchedAt = performance.now()
    outdated = false
    try {
      const { importJWK } = await import('jose')
      const [about, set] = await Promise.all([
        document('/.well-known/oauth-authorization-server', isMetadata),
        document('/.well-known/jwks.json', isKeySet),
      ])
      const imported = set.keys.filter(isOurs).map(async jwk => {
        return [jwk.kid, (await importJWK(jwk, TOKEN_ALGORITHM)) as CryptoKey] as const
      })
      keys = new Map(await Promise.all(imported))
      issuer = about.issuer
    } catch (error) {
      outdated = true
      options.onError?.(error)
    }
  }

  return {
    async find(kid) {
      if (kid.length > LONGEST_KID) return undefined
      const rested = performance.now() - fetchedAt >= PAUSE_MILLISECONDS
      if (!fetching && (outdated || !keys.has(kid)) && rested)
        fetching = fetchKeys().finally(() => {
          fetching = undefined
        })
      await fetching
      const key = keys.get(kid)
      return key && { key, issuer }
    },
    forget() {
      outdated = true
      fetchedAt = Number.NEGATIVE_INFINITY
    },
  }
}

const isMetadata = objectOf({ issuer: isName })
const isKeySet = objectOf({ keys: listOf(objectOf({})) })

/** Accepts only keys of the one algorithm and curve of access tokens; ignores other keys of the set (RFC 8725 section 3.1). */
const isOurs = objectOf({
  kty: exactly('EC'),
  crv: exactly('P-256'),
  alg: exactly(TOKEN_ALGORITHM),
  kid: isName,
  x: isName,
  y: isName,
})
