import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Refusal } from '../model/refusal.ts'
import { isForeignHash, verifyForeignHash } from './foreign-hashes.ts'

/**
 * Hashes and verifies passwords behind a fixed number of workers, so that a login storm cannot eat the machine. What is
 * hashed is the form NFKC (Unicode Annex 15): the same key gives other code points on another system, or wide letters.
 */
export type Passwords = {
  /** A PHC string. Throws `overloaded` when too many are waiting. */
  hash(password: string): Promise<string>
  /**
   * Compares with a stored hash of any kind we know; without one it does the same work and answers false, so that
   * time tells nothing. `outdated`: right, but should be stored anew with `hash`.
   */
  verify(password: string, stored: string | undefined): Promise<{ right: boolean; outdated: boolean }>
}

/** A stored string of a kind that `verify` can judge. */
export const isKnownHash = (stored: string): boolean => /^(argon2)?\$argon2id\$/.test(stored) || isForeignHash(stored)

/** OWASP's argon2id setting of 19 MiB; memory in KiB. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
/** Ceiling for parameters found in a stored string: a hostile row must not exhaust memory. */
const CEILING = { memory: 262_144, passes: 16, parallelism: 8 }
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/

const derive = promisify(argon2)
export const normalized = (password: string): string => password.normalize('NFKC')

export function openPasswords({ workers = 2, waiting = 64 } = {}): Passwords {
  const turn = gate(workers, waiting)
  const decoy = encode(COST, randomBytes(16), randomBytes(32))

  const hash = (password: string) =>
    turn(async () => {
      const nonce = randomBytes(16)
      return encode(COST, nonce, await derive('argon2id', { message: normalized(password), nonce, ...COST }))
    })

  const compare = (password: string, known: string) =>
    turn(() => (known.startsWith('$argon2id$') ? verifyPhc(password, known) : verifyForeignHash(password, known)))

  async function verify(password: string, stored: string | undefined) {
    const known = (stored ?? decoy).replace(/^argon2(?=\$argon2id\$)/, '') // Django's prefix
    const usual = normalized(password)
    const asUsual = await compare(usual, known)
    // Hashes from before, and of other systems, are of the text as it was typed.
    const right = asUsual || (password !== usual && (await compare(password, known)))
    const current = known.startsWith(`$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$`)
    return { right: right && stored !== undefined, outdated: right && !(asUsual && current) }
  }

  return { hash, verify }
}

async function verifyPhc(password: string, stored: string): Promise<boolean> {
  const match = PHC.exec(stored)
  if (!match) return false
  const [memory, passes, parallelism] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (memory > CEILING.memory || passes > CEILING.passes || parallelism > CEILING.parallelism) return false
  const expected = Buffer.from(match[5] as string, 'base64')
  const parameters: Argon2Parameters = {
    message: password,
    nonce: Buffer.from(match[4] as string, 'base64'),
    memory,
    passes,
    parallelism,
    tagLength: expected.length,
  }
  return timingSafeEqual(await derive('argon2id', parameters), expected)
}

function encode(cost: typeof COST, nonce: Uint8Array, tag: Uint8Array): string {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${text(nonce)}$${text(tag)}`
}

/** Lets `workers` tasks run, `waiting` more wait, and refuses the rest at once. */
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
