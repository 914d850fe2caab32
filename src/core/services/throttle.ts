import { hash } from 'node:crypto'
import { networkOf } from '../../model/networks.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Source } from '../../model/source.ts'
import type { AttemptStore, Limit } from '../../ports/attempts.ts'

/**
 * Limits guessing. An attempt is counted before it is evaluated, so parallel guesses cannot avoid the count. Attempts at
 * passwords and six-digit codes are counted for all processes together; guesses of 160-bit secrets, and requests to open
 * endpoints, per process.
 */
export type Throttle = {
  /** Takes one attempt from the account and the source, or refuses with `rate-limited`. */
  reserve(account: string, ip: string | undefined, tries?: keyof typeof TRIES): Promise<void>
  /** Gives back the attempt after a correct password or code. */
  release(account: string, ip: string | undefined): Promise<void>
  /**
   * Counts one use of an endpoint that is open to every network, or refuses with `rate-limited`. Requests from this machine do
   * not count.
   */
  count(limit: NamedLimit, from: Source): void
  /** Refuses if the limit is used up for this source, without counting. For limits that count only failures. */
  peek(limit: NamedLimit, from: Source): void
  /** The remaining uses for this source; undefined if limits are off. */
  standing(limit: NamedLimit, from: Source): Standing | undefined
  /**
   * Counts a wrong client secret, for client and network together and for the network. Refuses after too many. Correct
   * secrets are never limited, so nobody can lock out their holder.
   */
  countFailure(clientId: string, ip: string | undefined): void
  /** Counts an unknown credential, and says whether this network has sent too many. Valid credentials never count. */
  countGuess(from: Source): 'go on' | 'too often'
}

/** `left` of `limit` uses are available now; after `wholeIn` milliseconds all are. */
export type Standing = { limit: number; left: number; wholeIn: number }

type Bucket = { left: number; at: number }

/** `burst`: attempts available at once; `perMinute`: attempts regained per minute. No lock-out is permanent. */
/** A six-digit code is valid for 90 seconds. Five guesses per hour find one after about eight years on average. */
export const TRIES = {
  password: { burst: 10, perMinute: 2 },
  code: { burst: 10, perMinute: 5 / 60 },
  'user-code': { burst: 10, perMinute: 1 },
  'user-code-of-all': { burst: 1200, perMinute: 1200 },
} as const
const SOURCE = { burst: 60, perMinute: 30 }
const PROOF = { burst: 20, perMinute: 6 }
const PROOFS_OF_SOURCE = { burst: 120, perMinute: 60 }
const GUESSES = { burst: 60, perMinute: 30 }
/** Endpoints that are open without an account. Each source has its own count per endpoint. */
const LIMITS = {
  'application-registration': { burst: 5, perMinute: 0.5 },
  'client-registration': { burst: 240, perMinute: 60 },
  'account-registration': { burst: 10, perMinute: 1 },
  'account-question': { burst: 30, perMinute: 10 },
  'client-document': { burst: 20, perMinute: 10 },
  'device-request': { burst: 20, perMinute: 10 },
  'wrong-pair': { burst: 30, perMinute: 10 },
  'older-api': { burst: 300, perMinute: 60 },
} as const
export type NamedLimit = keyof typeof LIMITS
const MOST_BUCKETS = 50_000

const UNLIMITED: Throttle = {
  reserve: async () => {},
  release: async () => {},
  count: () => {},
  peek: () => {},
  standing: () => undefined,
  countFailure: () => {},
  countGuess: () => 'go on',
}

/** `now` is a monotonic clock in milliseconds. */
export function openThrottle(now: () => number, on: boolean, shared: AttemptStore): Throttle {
  if (!on) return UNLIMITED
  const [accounts, sources, buckets] = [openBuckets(now), openBuckets(now), openBuckets(now)]
  const [proofs, proofsOfSource, guesses] = [openBuckets(now), openBuckets(now), openBuckets(now)]

  async function takeShared(key: string, limit: Limit): Promise<void> {
    const taken = await shared.take(key, limit)
    if (taken !== 'taken') throw tooOften(limit, taken.left)
  }

  return {
    // Counts in this process first, so a flood does not reach the database.
    async reserve(account, ip, tries = 'password') {
      if (ip) sources.take(network(ip), SOURCE)
      accounts.take(account, TRIES[tries])
      if (ip) await takeShared(digest(`source ${network(ip)}`), SOURCE)
      await takeShared(digest(`account ${account}`), TRIES[tries])
    },
    async release(account, ip) {
      if (ip) sources.giveBack(network(ip))
      accounts.giveBack(account)
      await Promise.all([
        ip && shared.giveBack(digest(`source ${network(ip)}`)),
        shared.giveBack(digest(`account ${account}`)),
      ])
    },
    count(limit, { ip, ownMachine }) {
      if (ip !== undefined && !ownMachine) buckets.take(`${limit} ${network(ip)}`, LIMITS[limit])
    },
    peek(limit, { ip, ownMachine }) {
      if (ip !== undefined && !ownMachine) buckets.judge(`${limit} ${network(ip)}`, LIMITS[limit])
    },
    standing(limit, { ip, ownMachine }) {
      if (ip === undefined || ownMachine) return undefined
      const { burst, perMinute } = LIMITS[limit]
      const left = buckets.left(`${limit} ${network(ip)}`, LIMITS[limit])
      return { limit: burst, left: Math.floor(left), wholeIn: ((burst - left) / perMinute) * 60_000 }
    },
    countFailure(clientId, ip) {
      const source = ip === undefined ? 'nowhere' : network(ip)
      proofsOfSource.take(source, PROOFS_OF_SOURCE)
      proofs.take(`${clientId} ${source}`, PROOF)
    },
    countGuess({ ip, ownMachine }) {
      if (ip === undefined || ownMachine) return 'go on'
      if (guesses.left(network(ip), GUESSES) < 1) return 'too often'
      guesses.take(network(ip), GUESSES)
      return 'go on'
    },
  }
}

/** Counts of one kind. Keys are stored as digests, so long input uses no more memory. */
function openBuckets(now: () => number) {
  const buckets = new Map<string, Bucket>()
  function left(digested: string, { burst, perMinute }: Limit): number {
    const known = buckets.get(digested)
    return known ? Math.min(burst, known.left + ((now() - known.at) / 60_000) * perMinute) : burst
  }
  /** Returns the remaining attempts; refuses if there are none. */
  function judge(digested: string, limit: Limit): number {
    const attempts = left(digested, limit)
    if (attempts < 1) throw tooOften(limit, attempts)
    return attempts
  }
  return {
    left: (key: string, limit: Limit) => left(digest(key), limit),
    judge: (key: string, limit: Limit) => judge(digest(key), limit),
    /** Removes the entry with the oldest use when full, because its count is the first to recover. */
    take(key: string, limit: Limit): void {
      const digested = digest(key)
      const attempts = judge(digested, limit)
      buckets.delete(digested)
      if (buckets.size >= MOST_BUCKETS) buckets.delete(buckets.keys().next().value as string)
      buckets.set(digested, { left: attempts - 1, at: now() })
    },
    giveBack(key: string): void {
      const bucket = buckets.get(digest(key))
      if (bucket) bucket.left += 1
    },
  }
}

const tooOften = ({ perMinute }: Limit, left: number): Refusal =>
  new Refusal('rate-limited', 'too many attempts', {
    retryAfterSeconds: Math.ceil(((1 - left) / perMinute) * 60),
  })

const digest = (key: string): string => hash('sha256', key, 'base64url')

/** A household has a whole IPv6 /64, so its addresses count as one. */
const network = (ip: string): string => networkOf(ip, { ipv4: 32, ipv6: 64 })
