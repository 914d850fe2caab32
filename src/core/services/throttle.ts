import { hash } from 'node:crypto'
import { networkOf } from '../../model/networks.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Source } from '../../model/source.ts'
import type { AttemptStore, Limit } from '../../ports/attempts.ts'

/**
 * Slows down guessing: an attempt is counted before it is judged, so parallel guesses cannot slip past the count. Tries at
 * what people choose (passwords, six digits) are counted for all processes together; whatever is guessed at 160 random
 * bits, or floods a door, for each process alone.
 */
export type Throttle = {
  /** Takes one attempt of this account and this source, or refuses with `rate-limited`. */
  reserve(account: string, ip: string | undefined): Promise<void>
  /** The attempt was right: it does not count. */
  release(account: string, ip: string | undefined): Promise<void>
  /** One passage through a door that stands open to everybody; this machine itself passes freely. */
  enter(door: Door, from: Source): void
  /** Refuses while that door is shut for this source; counts nothing. For doors where only failures count. */
  knock(door: Door, from: Source): void
  /** How far that door is open for this source; absent where nobody counts. */
  standing(door: Door, from: Source): Standing | undefined
  /**
   * A secret that did not prove this client: counts for the client and network together, and for the network. Refuses
   * once there were too many. A right secret never comes here, so nobody can lock out whoever has it.
   */
  miss(clientId: string, ip: string | undefined): void
  /** A credential nobody issued. Counts, and tells whether there were too many from this network; good ones never count. */
  guessed(from: Source): 'go on' | 'too often'
}

/** Of `limit` passages `left` may be made at once; in `wholeIn` milliseconds it is all of them again. */
export type Standing = { limit: number; left: number; wholeIn: number }

type Bucket = { left: number; at: number }

/** Attempts that may be made at once, and how many come back each minute. The delay grows; nobody is locked out for good. */
const ACCOUNT = { burst: 10, perMinute: 2 }
const SOURCE = { burst: 60, perMinute: 30 }
const PROOF = { burst: 20, perMinute: 6 }
const PROOFS_OF_SOURCE = { burst: 120, perMinute: 60 }
const GUESSES = { burst: 60, perMinute: 30 }
/** Doors that need no account: each source has its own count for each. */
const DOORS = {
  'application-registration': { burst: 5, perMinute: 0.5 },
  'account-registration': { burst: 10, perMinute: 1 },
  'account-question': { burst: 30, perMinute: 10 },
  'wrong-pair': { burst: 30, perMinute: 10 },
  'older-api': { burst: 300, perMinute: 60 },
} as const
export type Door = keyof typeof DOORS
const MOST_BUCKETS = 50_000
const LONGEST_KEY = 100

const UNLIMITED: Throttle = {
  reserve: async () => {},
  release: async () => {},
  enter: () => {},
  knock: () => {},
  standing: () => undefined,
  miss: () => {},
  guessed: () => 'go on',
}

/** `now` counts milliseconds and never runs backwards. */
export function openThrottle(now: () => number, on: boolean, shared: AttemptStore): Throttle {
  const accounts = new Map<string, Bucket>()
  const sources = new Map<string, Bucket>()
  const doors = new Map<string, Bucket>()
  const proofs = new Map<string, Bucket>()
  const proofsOfSource = new Map<string, Bucket>()
  const guesses = new Map<string, Bucket>()
  if (!on) return UNLIMITED

  /** How many attempts are left; refuses when there is none. */
  function judge(buckets: Map<string, Bucket>, key: string, limit: Limit): number {
    const left = leftIn(buckets, key, limit)
    if (left < 1) throw tooOften(key, limit, left)
    return left
  }
  function leftIn(buckets: Map<string, Bucket>, key: string, { burst, perMinute }: Limit): number {
    const known = buckets.get(key)
    return known ? Math.min(burst, known.left + ((now() - known.at) / 60_000) * perMinute) : burst
  }
  const take = (buckets: Map<string, Bucket>, key: string, limit: Limit) =>
    put(buckets, key, judge(buckets, key, limit) - 1)
  /** The longest unused makes room: its count would have grown back soonest. */
  function put(buckets: Map<string, Bucket>, key: string, left: number): void {
    buckets.delete(key)
    if (buckets.size >= MOST_BUCKETS) buckets.delete(buckets.keys().next().value as string)
    buckets.set(key, { left, at: now() })
  }
  async function takeShared(key: string, limit: Limit): Promise<void> {
    const taken = await shared.take(key, limit)
    if (taken !== 'taken') throw tooOften(key, limit, taken.left)
  }
  const giveBack = (buckets: Map<string, Bucket>, key: string) => {
    const bucket = buckets.get(key)
    if (bucket) bucket.left += 1
  }

  return {
    // This process first: a flood ends here and does not reach the database.
    async reserve(account, ip) {
      if (ip) take(sources, network(ip), SOURCE)
      take(accounts, account, ACCOUNT)
      if (ip) await takeShared(sourceKey(ip), SOURCE)
      await takeShared(accountKey(account), ACCOUNT)
    },
    async release(account, ip) {
      if (ip) giveBack(sources, network(ip))
      giveBack(accounts, account)
      await Promise.all([ip && shared.giveBack(sourceKey(ip)), shared.giveBack(accountKey(account))])
    },
    enter(door, { ip, ownMachine }) {
      if (ip !== undefined && !ownMachine) take(doors, `${door} ${network(ip)}`, DOORS[door])
    },
    knock(door, { ip, ownMachine }) {
      if (ip !== undefined && !ownMachine) judge(doors, `${door} ${network(ip)}`, DOORS[door])
    },
    standing(door, { ip, ownMachine }) {
      if (ip === undefined || ownMachine) return undefined
      const { burst, perMinute } = DOORS[door]
      const left = leftIn(doors, `${door} ${network(ip)}`, DOORS[door])
      return { limit: burst, left: Math.floor(left), wholeIn: ((burst - left) / perMinute) * 60_000 }
    },
    miss(clientId, ip) {
      const source = ip === undefined ? 'nowhere' : network(ip)
      take(proofsOfSource, source, PROOFS_OF_SOURCE)
      take(proofs, `${clientId.slice(0, LONGEST_KEY)} ${source}`, PROOF)
    },
    guessed({ ip, ownMachine }) {
      if (ip === undefined || ownMachine) return 'go on'
      const left = leftIn(guesses, network(ip), GUESSES)
      if (left < 1) return 'too often'
      put(guesses, network(ip), left - 1)
      return 'go on'
    },
  }
}

const tooOften = (key: string, { perMinute }: Limit, left: number): Refusal =>
  new Refusal('rate-limited', `too many attempts for ${key}`, {
    retryAfterSeconds: Math.ceil(((1 - left) / perMinute) * 60),
  })

const accountKey = (account: string): string => hash('sha256', `account ${account}`, 'base64url')
const sourceKey = (ip: string): string => hash('sha256', `source ${network(ip)}`, 'base64url')

/** One household has a whole /64 of IPv6 addresses; they count as one. */
const network = (ip: string): string => networkOf(ip, { ipv4: 32, ipv6: 64 })
