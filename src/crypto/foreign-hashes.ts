import { hash, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import bcrypt from 'bcryptjs'

/**
 * Password hashes of other systems, verified so that people can keep their passwords; never written.
 * Django: `pbkdf2_sha256$iterations$salt$base64`, `pbkdf2_sha1$...`, `bcrypt$$2b$...`, `bcrypt_sha256$$2b$...`,
 * `scrypt$n$salt$r$p$base64`; its argon2 is the PHC string behind `argon2` (see passwords.ts). Others: bare bcrypt
 * strings (`$2a$`, `$2b$`, `$2y$`).
 */
export async function verifyForeignHash(password: string, stored: string): Promise<boolean> {
  if (/^\$2[aby]\$/.test(stored)) return bcrypt.compare(password, stored)
  const [scheme, ...rest] = stored.split('$')
  const verifier = VERIFIERS.get(scheme ?? '')
  return verifier ? verifier(password, rest) : false
}

/** Can `verifyForeignHash` judge strings of this kind at all? */
export const isForeignHash = (stored: string): boolean =>
  /^\$2[aby]\$/.test(stored) || VERIFIERS.has(stored.split('$', 1)[0] ?? '')

type Verifier = (password: string, parts: string[]) => Promise<boolean>
const MOST_ITERATIONS = 10_000_000

/** A map: a stored string must not reach what every object inherits. */
const VERIFIERS = new Map<string, Verifier>(
  Object.entries({
    pbkdf2_sha256: pbkdf2With('sha256'),
    pbkdf2_sha1: pbkdf2With('sha1'),
    bcrypt: (password, parts) => bcrypt.compare(password, parts.slice(1).length ? `$${parts.slice(1).join('$')}` : ''),
    // Django hashes first so that bcrypt's limit of 72 bytes cuts nothing.
    bcrypt_sha256: (password, parts) => bcrypt.compare(hash('sha256', password), `$${parts.slice(1).join('$')}`),
    scrypt: async (password, [n = '', salt = '', r = '', p = '', expected = '']) => {
      const [N, blockSize, parallelism] = [Number(n), Number(r), Number(p)]
      const memory = 128 * N * blockSize
      if (!(memory > 0 && memory <= 268_435_456 && parallelism >= 1 && parallelism <= 16)) return false
      const wanted = Buffer.from(expected, 'base64')
      const key = await promisify<string, string, number, object, Buffer>(scrypt)(password, salt, wanted.length, {
        N,
        r: blockSize,
        p: parallelism,
        maxmem: memory * 2,
      })
      return equal(key, wanted)
    },
  } satisfies Record<string, Verifier>),
)

function pbkdf2With(digest: 'sha256' | 'sha1'): Verifier {
  return async (password, [iterations = '', salt = '', expected = '']) => {
    const rounds = Number(iterations)
    if (!Number.isInteger(rounds) || rounds < 1 || rounds > MOST_ITERATIONS) return false
    const wanted = Buffer.from(expected, 'base64')
    if (wanted.length === 0) return false
    return equal(await promisify(pbkdf2)(password, salt, rounds, wanted.length, digest), wanted)
  }
}

const equal = (a: Buffer, b: Buffer): boolean => a.length === b.length && a.length > 0 && timingSafeEqual(a, b)
