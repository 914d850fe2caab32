import { hash, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import bcrypt from 'bcryptjs'

/*
 * Verifies password hashes of other systems, so that imported people keep their passwords. The server never writes
 * these formats.
 * Django: `pbkdf2_sha256$iterations$salt$base64`, `pbkdf2_sha1$...`, `bcrypt$$2b$...`, `bcrypt_sha256$$2b$...`,
 * `scrypt$n$salt$r$p$base64`, and `argon2` followed by a PHC string (see passwords.ts). Other systems: bcrypt strings
 * without a prefix (`$2a$`, `$2b$`, `$2y$`).
 */

const MIB = 1024 * 1024

/** Limits one check to about a second of one core, because an expensive stored string would delay the sign-in of everybody else. */
const MOST = { bcryptCost: 14, iterations: 3_000_000, scryptBytes: 128 * MIB, scryptWork: 512 * MIB }

/** Compares a password with one stored string. */
export type Comparison = (password: string) => Promise<boolean>

/** Returns the comparison for a stored string; `undefined` if its kind is unknown, or if it is damaged or too expensive to check. */
export function readForeignHash(stored: string): Comparison | undefined {
  for (const [shape, read] of KINDS) {
    const parts = shape.exec(stored)
    if (parts) return read(parts.slice(1) as string[])
  }
  return undefined
}

/**
 * Each pattern requires a digest of full length, because a shortened digest would be easier to guess.
 * bcrypt: 53 characters of its own alphabet, 22 of salt and 31 of the hash.
 */
const KINDS: readonly [RegExp, (parts: string[]) => Comparison | undefined][] = [
  [/^(?:bcrypt\$)?(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$/, bcryptOf(password => password)],
  // Django applies SHA-256 to the password first, because bcrypt ignores all bytes after the 72nd.
  [/^bcrypt_sha256\$(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$/, bcryptOf(password => hash('sha256', password))],
  [/^pbkdf2_sha256\$(\d{1,8})\$([^$]{1,256})\$([A-Za-z0-9+/]{43}=)$/, pbkdf2Of('sha256')],
  [/^pbkdf2_sha1\$(\d{1,8})\$([^$]{1,256})\$([A-Za-z0-9+/]{27}=)$/, pbkdf2Of('sha1')],
  [/^scrypt\$(\d{1,8})\$([^$]{1,256})\$(\d{1,3})\$(\d{1,3})\$([A-Za-z0-9+/]{86}==)$/, scryptOf],
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
    if (rounds < 1 || rounds > MOST.iterations) return undefined
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
  const cost = { N, r: blockSize, p: parallelism, maxmem: memory * 2 + MIB }
  const derive = promisify<string, string, number, object, Buffer>(scrypt)
  return async password => equal(await derive(password, salt, wanted.length, cost), wanted)
}

const equal = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
