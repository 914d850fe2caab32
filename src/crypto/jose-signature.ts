const COORDINATE = 32

/**
 * r and s in 32 bytes each (RFC 7518 section 3.4), out of the DER that OpenSSL makes (RFC 3279 section 2.2.3). Node can do
 * it too, but asks the key for its order each time, which takes longer than signing (measured in bench/signatures.ts).
 */
export function joseSignature(der: Uint8Array): Buffer {
  const joined = Buffer.alloc(2 * COORDINATE)
  let at = 2 // SEQUENCE, and a length that is always below 128
  for (const end of [COORDINATE, 2 * COORDINATE]) {
    const length = der[at + 1] as number
    const integer = der.subarray(at + 2, at + 2 + length)
    // An INTEGER has a zero in front where its first bit is set, and no zeros that it does not need.
    const digits = integer.subarray(Math.max(0, length - COORDINATE))
    joined.set(digits, end - digits.length)
    at += 2 + length
  }
  return joined
}
