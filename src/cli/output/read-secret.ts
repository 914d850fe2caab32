import { Refusal } from '../../model/refusals/refusal.ts'
import type { Call } from '../program/command.ts'
import { usage } from '../program/options.ts'

const LONGEST_INPUT = 64 * 1024

/**
 * Reads stdin without byte order mark and final line break. Secrets come by stdin, because other users can list the arguments of a
 * command.
 */
export async function readStdin(): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    parts.push(part)
    length += part.length
    if (length > LONGEST_INPUT)
      throw new Refusal('body-too-large', 'stdin is too long', {
        sentence: 'What came on stdin is longer than 64 KiB.',
      })
  }
  return decode(Buffer.concat(parts)).replace(/\r?\n$/, '')
}

/** Some shells write a byte order mark or UTF-16. The mark belongs to the encoding, not to the secret. */
function decode(bytes: Buffer): string {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Refusal('parameter-invalid', `stdin is not ${encoding}`, { sentence: 'What came on stdin is not UTF-8.' })
  }
}

/**
 * Reads a password from stdin with `--password-stdin`, otherwise by a hidden prompt. Returns undefined if there is no terminal, or if
 * the password is empty.
 */
export async function readPassword(call: Call): Promise<string | undefined> {
  if (call.options.said('passwordStdin')) {
    const password = await readStdin()
    // Nobody could type a line break into a password field.
    if (/[\r\n]/.test(password)) throw usage('passwordStdin', 'reads one line; more than one came')
    return password
  }
  if (!call.interactive) return undefined
  const { password, isCancel } = await import('@clack/prompts')
  const first = await password({ message: 'Password (empty: none)', output: process.stderr })
  if (isCancel(first)) process.exit(130)
  if (!first) return undefined
  const second = await password({ message: 'The same again', output: process.stderr })
  if (isCancel(second)) process.exit(130)
  if (first !== second)
    throw new Refusal('parameter-invalid', 'passwords differ', { sentence: 'The two passwords differ.' })
  return first
}

export async function requirePassword(call: Call): Promise<string> {
  const password = await readPassword(call)
  if (password === undefined) throw usage('passwordStdin', 'is needed where none is typed at a terminal')
  return password
}
