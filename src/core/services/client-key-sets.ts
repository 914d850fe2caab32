import type { Client } from '../../model/clients/client.ts'
import type { PublicJwk } from '../../model/clients/client-metadata.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { DAY, HOUR, SECOND } from '../../model/span.ts'
import type { Fetcher, OutboundAsk } from '../../ports/fetcher.ts'
import { readKeySet } from '../clients/client-keys.ts'
import { namedBy } from '../clients/named-by.ts'

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
  function renew(uri: string, by: OutboundAsk['namedBy'], place: string): Promise<Known | undefined> {
    const running = underWay.get(place)
    if (running) return running
    const started = fetchSet(uri, by, place).finally(() => underWay.delete(place))
    underWay.set(place, started)
    return started
  }

  async function fetchSet(uri: string, by: OutboundAsk['namedBy'], place: string): Promise<Known | undefined> {
    const before = known.get(place)
    if (before) before.askedAt = now()
    const answer = await fetcher.send({
      url: uri,
      headers: { accept: 'application/json' },
      mostBytes: MOST_BYTES,
      namedBy: by,
    })
    const keys = answer.is === 'answer' && answer.status === 200 ? keysIn(answer.body) : undefined
    if (!keys) return before
    const made: Known = { keys, at: now(), askedAt: now() }
    known.delete(place)
    if (known.size >= MOST_SETS) known.delete(known.keys().next().value as string)
    known.set(place, made)
    return made
  }

  return {
    async of(client, keyId) {
      const { jwks, jwksUri } = client.metadata
      if (jwks || jwksUri === undefined) return jwks?.keys ?? []
      const by = namedBy(client)
      // Staff may name more addresses, so what was fetched for them is not for others.
      const place = `${by} ${jwksUri}`
      let set = known.get(place)
      const strange = set !== undefined && keyId !== undefined && !set.keys.some(({ kid }) => kid === keyId)
      const old = set === undefined || now() - set.at >= FRESH
      if (!set || ((old || strange) && now() - set.askedAt >= AGAIN)) set = await renew(jwksUri, by, place)
      if (!set || now() - set.at >= KEPT)
        throw new Refusal('unavailable', `the keys of ${client.id} cannot be read at ${jwksUri}`, {
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
