/*
 * Encodes bytes as letters and digits, which one double-click selects. Five bytes become seven characters; a last group
 * of one to four bytes becomes two, three, five or six. Each value has exactly one spelling: the decoder rejects a
 * group whose value does not fit its bytes, and a length that no number of bytes produces.
 */
export const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const GROUP_BYTES = 5
const GROUP_CHARACTERS = 7
/** `CHARACTERS[n]` is the length of a group of n bytes. `BYTES` is the inverse; `undefined` marks an impossible length. */
const CHARACTERS = [0, 2, 3, 5, 6, 7]
const BYTES = [0, undefined, 1, 2, undefined, 3, 4, 5]

/** The powers of 256. */
const POWERS = Array.from({ length: GROUP_BYTES + 1 }, (_, i) => 256 ** i)
const PAIRS = Array.from({ length: 62 * 62 }, (_, i) => ALPHABET.charAt(Math.floor(i / 62)) + ALPHABET.charAt(i % 62))
const DIGITS = new Uint8Array(128).fill(255)
for (let i = 0; i < ALPHABET.length; i++) DIGITS[ALPHABET.charCodeAt(i)] = i

export function toBase62(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += GROUP_BYTES) {
    const size = Math.min(GROUP_BYTES, bytes.length - at)
    let value = 0
    for (let i = 0; i < size; i++) value = value * 256 + (bytes[at + i] as number)
    text += base62Number(value, CHARACTERS[size] as number)
  }
  return text
}

/** Returns `undefined` if the text is not the one spelling of some bytes. */
export function fromBase62(text: string): Buffer | undefined {
  const rest = BYTES[text.length % GROUP_CHARACTERS]
  if (rest === undefined) return undefined
  const bytes = Buffer.allocUnsafe(Math.floor(text.length / GROUP_CHARACTERS) * GROUP_BYTES + rest)
  let written = 0
  for (let at = 0; at < text.length; at += GROUP_CHARACTERS) {
    const end = Math.min(text.length, at + GROUP_CHARACTERS)
    let value = 0
    for (let i = at; i < end; i++) {
      const digit = DIGITS[text.charCodeAt(i)] ?? 255
      if (digit === 255) return undefined
      value = value * 62 + digit
    }
    const size = BYTES[end - at] as number
    if (value >= (POWERS[size] as number)) return undefined
    for (let left = size - 1; left >= 0; left--) bytes[written++] = value / (POWERS[left] as number)
  }
  return bytes
}

/** Formats a number below 62^length with leading zeros. */
export function base62Number(number: number, length: number): string {
  let rest = number
  let text = ''
  for (let left = length; left > 0; left -= 2) {
    if (left === 1) return ALPHABET.charAt(rest) + text
    // The quotient fits in 32 bits. The remainder of a floating-point number would be slow.
    const above = (rest / 3844) | 0
    text = PAIRS[rest - above * 3844] + text
    rest = above
  }
  return text
}
