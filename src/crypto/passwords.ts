import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Refusal } from '../model/refusals/refusal.ts'
import { type Comparison, readForeignHash } from './foreign-hashes.ts'
import { openPace } from './pace.ts'

/**
 * Hashes and verifies passwords with a fixed number of workers, so that many sign-ins at once cannot exhaust the
 * machine. `hash` takes the form NFKC of the password (Unicode Annex 15), because keyboards of different systems
 * produce different code points for one character.
 */
export type Passwords = {
  /** Returns a PHC string. Throws `overloaded` if too many calls are waiting. */
  hash(password: string): Promise<string>
  /**
   * Compares with a stored hash of any known kind. Without a stored hash, the method does the same work and answers
   * false. A wrong answer takes as long as the slowest kind in use, so that the time does not reveal which accounts
   * exist or were imported.
   * `outdated`: the password is right, but the caller should store a new `hash` of it.
   */
  verify(password: string, stored: string | undefined): Promise<{ right: boolean; outdated: boolean }>
}

/** The argon2id setting of OWASP with 19 MiB. `memory` is in KiB. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
/** Limits the parameters of a stored string, because one row must not exhaust the memory or block other sign-ins. */
const CEILING = { memory: 262_144, memoryTimesPasses: 1_048_576, parallelism: 8 }
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/
const SCHEME = /^argon2(?=\$argon2id\$)/

const derive = promisify(argon2)
export const normalized = (password: string): string => password.normalize('NFKC')

/** Reports if `verify` can check this stored string. */
export const isKnownHash = (stored: string): boolean => readHash(stored) !== undefined

/** `foreign` returns one stored string of each foreign kind in use; the duration of their checks is measured in advance. */
export function openPasswords({
  workers = 2,
  waiting = 64,
  foreign = async (): Promise<string[]> => [],
} = {}): Passwords {
  const turn = gate(workers, waiting)
  const decoy = readPhc(encode(COST, randomBytes(16), randomBytes(32))) as Comparison
  const compare = (password: string, comparison: Comparison) =>
    turn(async () => {
      const began = performance.now()
      return { right: await comparison(password), took: performance.now() - began }
    })
  const pace = openPace(foreign, async stored => (await compare('', readHash(stored) ?? decoy)).took)

  const hash = (password: string) =>
    turn(async () => {
      const nonce = randomBytes(16)
      return encode(COST, nonce, await derive('argon2id', { message: normalized(password), nonce, ...COST }))
    })

  async function verify(password: string, stored: string | undefined) {
    const comparison = stored === undefined ? undefined : readHash(stored)
    const usual = normalized(password)
    const first = await compare(usual, comparison ?? decoy)
    // Older hashes and hashes of other systems were made from the password as typed, without normalization.
    const second = first.right || password === usual ? undefined : await compare(password, comparison ?? decoy)
    const current = stored?.startsWith(`$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$`)
    if (comparison && !current) pace.took(first.took)
    const right = comparison !== undefined && (first.right || second?.right === true)
    if (!right) await Promise.all([first, ...(second ? [second] : [])].map(pace.keep))
    return { right, outdated: right && !(first.right && current) }
  }

  return { hash, verify }
}

const readHash = (stored: string): Comparison | undefined =>
  readPhc(stored.replace(SCHEME, '')) ?? readForeignHash(stored)

function readPhc(stored: string): Comparison | undefined {
  const match = PHC.exec(stored)
  if (!match) return undefined
  const [memory, passes, parallelism] = [Number(match[1]), Number(match[2]), Number(match[3])]
  // RFC 9106 section 3.1 requires at least one pass and one lane, and 8 KiB for each lane.
  if (passes < 1 || parallelism < 1 || memory < 8 * parallelism) return undefined
  if (memory > CEILING.memory || memory * passes > CEILING.memoryTimesPasses) return undefined
  if (parallelism > CEILING.parallelism) return undefined
  const nonce = Buffer.from(match[4] as string, 'base64')
  const expected = Buffer.from(match[5] as string, 'base64')
  const cost = { memory, passes, parallelism, tagLength: expected.length }
  return async message => {
    const parameters: Argon2Parameters = { message, nonce, ...cost }
    return timingSafeEqual(await derive('argon2id', parameters), expected)
  }
}

function encode(cost: typeof COST, nonce: Uint8Array, tag: Uint8Array): string {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${text(nonce)}$${text(tag)}`
}

/** Runs up to `workers` tasks at once, lets up to `waiting` more wait, and refuses further tasks at once. */
function gate(workers: number, waiting: number) {
  let running = 0
  const queue: (() => void)[] = []
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (running >= workers) {
      if (queue.length >= waiting) throw new Refusal('overloaded', 'password queue is full', { retryAfterSeconds: 2 })
      await new Promise<void>(resolve => queue.push(resolve))
    } else running++
    try {
      return await task()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }
}
