import { createHash } from 'node:crypto'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const base32 = (bits: bigint, length: number): string =>
  Array.from({ length }, (_, i) => CROCKFORD[Number((bits >> BigInt(5 * (length - 1 - i))) & 31n)]).join('')

/**
 * Makes a ULID (github.com/ulid/spec) for a thing with another id: 48 bits of time in milliseconds, then 80 bits of a
 * digest. Both depend only on stored data, so the ULID is stable and needs no column. The digest over `kind` and id
 * hides our own id.
 */
export function ulidOf(kind: string, { id, createdAt }: { id: string; createdAt: number }): string {
  const digest = createHash('sha256').update(`${kind} ${id}`).digest('hex')
  return base32(BigInt(createdAt), 10) + base32(BigInt(`0x${digest.slice(0, 20)}`), 16)
}
