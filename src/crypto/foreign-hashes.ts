import { hash, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import bcrypt from 'bcryptjs'

/*
 * Password hashes of other systems, verified so that people can keep their passwords; never written.
 * Django: `pbkdf2_sha256$iterations$salt$base64`, `pbkdf2_sha1$...`, `bcrypt$$2b$...`, `bcrypt_sha256$$2b$...`,
 * `scrypt$n$salt$r$p$base64`; its argon2 is the PHC string behind `argon2` (see passwords.ts). Others: bare bcrypt
 * strings (`$2a$`, `$2b$`, `$2y$`).
 */

const MIB = 1024 * 1024

/** What one check may cost: about a second of one core. A stored string must not block the sign-in of everybody else. */
const MOST = { bcryptCost: 14, iterations: 3_000_000, scryptBytes: 128 * MIB, scryptWork: 512 * MIB }

/** Compares a password with one stored string. */
export type Comparison = (password: string) => Promise<boolean>

/** How to judge a stored string; `undefined`: of no known kind, damaged, or too expensive to check. */
export function readForeignHash(stored: string): Comparison | undefined {
  for (const [shape, read] of KINDS) {
    const parts = shape.exec(stored)
    if (parts) return read(parts.slice(1) as string[])
  }
  return undefined
}

/** 53 characters of bcrypt's own alphabet: 22 of salt, 31 of the hash. */
const BCRYPT = String.raw`(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$`
const BASE64 = '([A-Za-z0-9+/]{16,96}={0,2})$'
/** Bytes of a whole digest. A part of one is refused: it would still fit, and be easier to guess. */
const WHOLE = { sha256: 32, sha1: 20, scrypt: 64 }

const KINDS: readonly [RegExp, (parts: string[]) => Comparison | undefined][] = [
  [new RegExp(`^${BCRYPT}`), bcryptOf(password => password)],
  [new RegExp(String.raw`^bcrypt\$${BCRYPT}`), bcryptOf(password => password)],
  // Django hashes first so that bcrypt's limit of 72 bytes cuts nothing.
  [new RegExp(String.raw`^bcrypt_sha256\$${BCRYPT}`), bcryptOf(password => hash('sha256', password))],
  [new RegExp(String.raw`^pbkdf2_sha256\$(\d{1,8})\$([^$]{1,256})\$${BASE64}`), pbkdf2Of('sha256')],
  [new RegExp(String.raw`^pbkdf2_sha1\$(\d{1,8})\$([^$]{1,256})\$${BASE64}`), pbkdf2Of('sha1')],
  [new RegExp(String.raw`^scrypt\$(\d{1,8})\$([^$]{1,256})\$(\d{1,3})\$(\d{1,3})\$${BASE64}`), scryptOf],
]

function bcryptOf(message: (password: string) => string) {
  return ([stored = '', cost = '']: string[]): Comparison | undefined =>
    Number(cost) >= 4 && Number(cost) <= MOST.bcryptCost
      ? password => bcrypt.compare(message(password), stored)
      : undefined
}

function pbkdf2Of(digest: 'sha256' | 'sha1') {
  return ([iterations = '', salt = '', expected = '']: string[]): Comparison | undefined => {
    const rounds = Number(iterations)
    const wanted = Buffer.from(expected, 'base64')
    if (rounds < 1 || rounds > MOST.iterations || wanted.length !== WHOLE[digest]) return undefined
    return async password => equal(await promisify(pbkdf2)(password, salt, rounds, wanted.length, digest), wanted)
  }
}

function scryptOf([n = '', salt = '', r = '', p = '', expected = '']: string[]): Comparison | undefined {
  const [N, blockSize, parallelism] = [Number(n), Number(r), Number(p)]
  const memory = 128 * N * blockSize
  const isPowerOfTwo = N > 1 && (N & (N - 1)) === 0
  if (!isPowerOfTwo || memory === 0 || memory > MOST.scryptBytes) return undefined
  if (parallelism < 1 || memory * parallelism > MOST.scryptWork) return undefined
  const wanted = Buffer.from(expected, 'base64')
  if (wanted.length !== WHOLE.scrypt) return undefined
  const cost = { N, r: blockSize, p: parallelism, maxmem: memory * 2 + MIB }
  const derive = promisify<string, string, number, object, Buffer>(scrypt)
  return async password => equal(await derive(password, salt, wanted.length, cost), wanted)
}

const equal = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
