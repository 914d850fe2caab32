import type { Client } from '../../model/clients/client.ts'
import type { PublicJwk } from '../../model/clients/client-metadata.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { DAY, HOUR, SECOND } from '../../model/span.ts'
import type { Fetcher } from '../../ports/fetcher.ts'
import { readKeySet } from '../clients/client-keys.ts'

/** The public keys of clients, stored or fetched from their `jwks_uri` (RFC 7517), cached for one hour. */
export type ClientKeySets = {
  /** An unknown `keyId` causes a new fetch, at most once per minute. Refuses with `unavailable` if there are no keys. */
  of(client: Pick<Client, 'id' | 'source' | 'metadata'>, keyId: string | undefined): Promise<readonly PublicJwk[]>
}

const FRESH = HOUR
/** The longest time that fetched keys are used while their publisher cannot be reached. */
const KEPT = DAY
const AGAIN = 60 * SECOND
const MOST_BYTES = 262_144
const MOST_SETS = 1000
type Known = { keys: readonly PublicJwk[]; at: number; askedAt: number }

/** `now` is a monotonic clock in milliseconds. */
export function openClientKeySets(fetcher: Fetcher, now: () => number): ClientKeySets {
  const known = new Map<string, Known>()
  const underWay = new Map<string, Promise<Known | undefined>>()

  /** Runs one fetch per address at a time. A failed fetch keeps the known keys. */
  function renew(uri: string, namedBy: 'staff' | 'client'): Promise<Known | undefined> {
    const running = underWay.get(uri)
    if (running) return running
    const started = fetchSet(uri, namedBy).finally(() => underWay.delete(uri))
    underWay.set(uri, started)
    return started
  }

  async function fetchSet(uri: string, namedBy: 'staff' | 'client'): Promise<Known | undefined> {
    const before = known.get(uri)
    if (before) before.askedAt = now()
    const answer = await fetcher.send({
      url: uri,
      headers: { accept: 'application/json' },
      mostBytes: MOST_BYTES,
      namedBy,
    })
    const keys = answer.is === 'answer' && answer.status === 200 ? keysIn(answer.body) : undefined
    if (!keys) return before
    const made: Known = { keys, at: now(), askedAt: now() }
    known.delete(uri)
    if (known.size >= MOST_SETS) known.delete(known.keys().next().value as string)
    known.set(uri, made)
    return made
  }

  return {
    async of({ id, source, metadata: { jwks, jwksUri } }, keyId) {
      if (jwks || jwksUri === undefined) return jwks?.keys ?? []
      const namedBy = source === 'operator' ? 'staff' : 'client'
      let set = known.get(jwksUri)
      const strange = set !== undefined && keyId !== undefined && !set.keys.some(({ kid }) => kid === keyId)
      const old = set === undefined || now() - set.at >= FRESH
      if (!set || ((old || strange) && now() - set.askedAt >= AGAIN)) set = await renew(jwksUri, namedBy)
      if (!set || now() - set.at >= KEPT)
        throw new Refusal('unavailable', `the keys of ${id} cannot be read at ${jwksUri}`, {
          sentence: 'The keys of this client cannot be read at its jwks_uri. Try again in a moment.',
        })
      return set.keys
    },
  }
}

function keysIn(body: Uint8Array): readonly PublicJwk[] | undefined {
  try {
    return readKeySet(JSON.parse(new TextDecoder().decode(body))).keys
  } catch {
    return undefined
  }
}
