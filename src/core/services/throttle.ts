import { hash } from 'node:crypto'
import { networkOf } from '../../model/networks.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Source } from '../../model/source.ts'
import type { AttemptStore, Limit } from '../../ports/attempts.ts'

/**
 * Slows down guessing: an attempt is counted before it is judged, so parallel guesses cannot slip past the count. Tries at
 * what people choose (passwords, six digits) are counted for all processes together; guesses at 160 random
 * bits, and requests to open endpoints, for each process alone.
 */
export type Throttle = {
  /** Takes one attempt of this account and this source, or refuses with `rate-limited`. */
  reserve(account: string, ip: string | undefined, tries?: keyof typeof TRIES): Promise<void>
  /** The attempt was right: it does not count. */
  release(account: string, ip: string | undefined): Promise<void>
  /** Counts one use of something open to every network, or refuses with `rate-limited`; this machine itself is not counted. */
  count(limit: NamedLimit, from: Source): void
  /** Refuses while this limit is used up for this source; counts nothing. For limits where only failures count. */
  peek(limit: NamedLimit, from: Source): void
  /** What is left of this limit for this source; absent where limits are off. */
  standing(limit: NamedLimit, from: Source): Standing | undefined
  /**
   * A secret that did not prove this client: counts for the client and network together, and for the network. Refuses
   * once there were too many. A right secret never comes here, so its holder cannot be locked out.
   */
  countFailure(clientId: string, ip: string | undefined): void
  /** Counts a credential that was never issued, and answers whether this network sent too many; good ones never count. */
  countGuess(from: Source): 'go on' | 'too often'
}

/** Of `limit` passages `left` may be made at once; in `wholeIn` milliseconds it is all of them again. */
export type Standing = { limit: number; left: number; wholeIn: number }

type Bucket = { left: number; at: number }

/** Attempts that may be made at once, and how many come back each minute. The delay grows; no lock-out is permanent. */
/** A one-time code is one of a million and good for a minute and a half: at five an hour it is guessed once in about eight years. */
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
/** What is open without an account: each source has its own count for each. */
const LIMITS = {
  'application-registration': { burst: 5, perMinute: 0.5 },
  'account-registration': { burst: 10, perMinute: 1 },
  'account-question': { burst: 30, perMinute: 10 },
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

/** `now` counts milliseconds and never runs backwards. */
export function openThrottle(now: () => number, on: boolean, shared: AttemptStore): Throttle {
  if (!on) return UNLIMITED
  const [accounts, sources, buckets] = [openBuckets(now), openBuckets(now), openBuckets(now)]
  const [proofs, proofsOfSource, guesses] = [openBuckets(now), openBuckets(now), openBuckets(now)]

  async function takeShared(key: string, limit: Limit): Promise<void> {
    const taken = await shared.take(key, limit)
    if (taken !== 'taken') throw tooOften(limit, taken.left)
  }

  return {
    // This process first: a flood ends here and does not reach the database.
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

/** Counts of one kind. Keys are kept as digests: bounded in size, however long what was sent. */
function openBuckets(now: () => number) {
  const buckets = new Map<string, Bucket>()
  function left(digested: string, { burst, perMinute }: Limit): number {
    const known = buckets.get(digested)
    return known ? Math.min(burst, known.left + ((now() - known.at) / 60_000) * perMinute) : burst
  }
  /** How many attempts are left; refuses when there is none. */
  function judge(digested: string, limit: Limit): number {
    const attempts = left(digested, limit)
    if (attempts < 1) throw tooOften(limit, attempts)
    return attempts
  }
  return {
    left: (key: string, limit: Limit) => left(digest(key), limit),
    judge: (key: string, limit: Limit) => judge(digest(key), limit),
    /** The longest unused makes room: its count would have grown back soonest. */
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

/** One household has a whole /64 of IPv6 addresses; they count as one. */
const network = (ip: string): string => networkOf(ip, { ipv4: 32, ipv6: 64 })
