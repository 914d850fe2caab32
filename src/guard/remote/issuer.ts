import { isName, objectOf } from '../../model/refusals/typed.ts'
import { Unavailable } from '../answer/auth-error.ts'

const FRESH_MILLISECONDS = 300_000

/**
 * Reads the issuer of a server from its metadata (RFC 8414): the address at which the guard asks may be another one, inside a
 * network. A known issuer stays known while the server cannot be reached.
 */
export function openIssuer(options: { url: string; timeoutMilliseconds: number }): () => Promise<string> {
  let known: { issuer: string; at: number } | undefined
  let asking: Promise<string> | undefined

  async function ask(): Promise<string> {
    try {
      const signal = AbortSignal.timeout(options.timeoutMilliseconds)
      const address = `${options.url}/.well-known/oauth-authorization-server`
      const answer = await fetch(address, { signal, redirect: 'error' })
      const body: unknown = await answer.json()
      if (answer.status !== 200 || !isMetadata(body)) throw new Error(`${address} answered ${answer.status}`)
      known = { issuer: body.issuer, at: performance.now() }
      return body.issuer
    } catch (error) {
      if (known) return known.issuer
      throw new Unavailable('the server cannot be asked for its issuer', 1, { cause: error })
    }
  }

  return async () => {
    if (known && performance.now() - known.at <= FRESH_MILLISECONDS) return known.issuer
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }
}

const isMetadata = objectOf({ issuer: isName })
