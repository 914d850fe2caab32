import { readFileSync } from 'node:fs'
import type { Body } from '../server/management.ts'
import type { Option } from './command.ts'
import { type Options, usage } from './options.ts'

/* The public keys with which an application authenticates (private_key_jwt). */

export const KEYS: readonly Option[] = [
  { flags: '--jwks <file>', about: "a file with its public keys (JSON Web Key Set), or that JSON itself; '' for none" },
  { flags: '--jwks-uri <url>', about: "where it publishes its keys; '' for none" },
]

/** Returns no field for an option that is not given, and `null` for one that removes the keys. */
export function readKeys(options: Options): { jwks?: KeySet | null; jwks_uri?: string | null } {
  const [file, uri] = [options.one('jwks'), options.one('jwksUri')]
  if (file === undefined && uri === undefined) return {}
  if (file && uri) throw usage('jwks', 'cannot stand beside --jwks-uri')
  if (file) return { jwks: parse(file) }
  return uri ? { jwks_uri: uri } : { jwks: null }
}

function parse(said: string): KeySet {
  const text = said.trimStart().startsWith('{') ? said : readFile(said)
  try {
    return JSON.parse(text) as KeySet
  } catch {
    throw usage('jwks', 'must be a JSON Web Key Set: {"keys": [...]}')
  }
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw usage('jwks', `cannot be read: ${(error as Error).message}`)
  }
}

type KeySet = NonNullable<Body<'changeClient'>['jwks']>
