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

/**
 * Digests are whole: a part of one would still fit, and be easier to guess.
 * bcrypt: 53 characters of its own alphabet, 22 of salt and 31 of the hash.
 */
const KINDS: readonly [RegExp, (parts: string[]) => Comparison | undefined][] = [
  [/^(?:bcrypt\$)?(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$/, bcryptOf(password => password)],
  // Django hashes first so that bcrypt's limit of 72 bytes cuts nothing.
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
