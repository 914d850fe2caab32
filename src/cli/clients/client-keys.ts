import { readFileSync } from 'node:fs'
import type { Body } from '../../server/management.ts'
import type { Option } from '../program/command.ts'
import { type Options, usage } from '../program/options.ts'

/* The public keys with which an application authenticates (private_key_jwt), and its further metadata. */

export const KEYS: readonly Option[] = [
  {
    flags: '--jwks <file>',
    about: "file with the public keys of the application (JSON Web Key Set), or the JSON itself; '' removes them",
  },
  { flags: '--jwks-uri <url>', about: "address where the application publishes its keys; '' removes it" },
  {
    flags: '--metadata <json>',
    about: 'file with more client metadata (RFC 7591), or the JSON itself, such as {"logo_uri": "https://..."}',
  },
]

/** Returns no field for an option that is not given, and `null` for one that removes the keys. */
export function readKeys(options: Options): KeysBody {
  const [file, uri, further] = [options.one('jwks'), options.one('jwksUri'), options.one('metadata')]
  if (file && uri) throw usage('jwks', 'cannot stand beside --jwks-uri')
  const keys =
    file === undefined && uri === undefined ? {} : uri ? { jwks_uri: uri } : { jwks: file ? keySet(file) : null }
  return {
    ...keys,
    ...(further && { metadata: parse('metadata', further, 'a JSON object: {"logo_uri": "https://..."}') }),
  }
}

const keySet = (said: string) => parse('jwks', said, 'a JSON Web Key Set: {"keys": [...]}') as KeySet

function parse(option: string, said: string, shape: string): Record<string, unknown> {
  const text = said.trimStart().startsWith('{') ? said : readFile(option, said)
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    throw usage(option, `must be ${shape}`)
  }
}

function readFile(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw usage(option, `cannot be read: ${(error as Error).message}`)
  }
}

type KeysBody = Pick<Body<'changeClient'>, 'jwks' | 'jwks_uri' | 'metadata'>
type KeySet = NonNullable<Body<'changeClient'>['jwks']>
