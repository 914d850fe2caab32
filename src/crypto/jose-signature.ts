const COORDINATE = 32

/**
 * Converts the DER signature of OpenSSL (RFC 3279 section 2.2.3) to r and s in 32 bytes each (RFC 7518 section 3.4).
 * Node can return this form too, but queries the order of the key each time, which takes longer than signing (measured
 * in bench/signatures.ts).
 */
export function joseSignature(der: Uint8Array): Buffer {
  const joined = Buffer.alloc(2 * COORDINATE)
  let at = 2 // The first two bytes are a SEQUENCE tag and a length below 128.
  for (const end of [COORDINATE, 2 * COORDINATE]) {
    const length = der[at + 1] as number
    const integer = der.subarray(at + 2, at + 2 + length)
    // A DER INTEGER has a leading zero byte only if its first bit would otherwise be 1.
    const digits = integer.subarray(Math.max(0, length - COORDINATE))
    joined.set(digits, end - digits.length)
    at += 2 + length
  }
  return joined
}
