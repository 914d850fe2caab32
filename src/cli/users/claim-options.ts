import {
  ADDRESS_PARTS,
  type ClaimsChange,
  SETTABLE_CLAIMS,
  STANDARD_CLAIMS,
} from '../../model/users/standard-claims.ts'
import type { Call } from '../program/command.ts'
import { usage } from '../program/options.ts'

const NAMES = [...SETTABLE_CLAIMS.filter(name => name !== 'address'), ...ADDRESS_PARTS.map(part => `address.${part}`)]

/** `--claim NAME=VALUE`, several times. Parts of an address that are not given stay as they are. */
export function readClaims(
  { options }: Pick<Call, 'options'>,
  before: Readonly<Record<string, unknown>> = {},
): { claims?: ClaimsChange } {
  const given = options.all('claim').map(readClaim)
  if (given.length === 0) return {}
  const claims: Record<string, unknown> = {}
  const address: Record<string, unknown> = { ...(before['address'] as object | undefined) }
  for (const { name, value } of given) {
    const [first, part] = name.split('.') as [keyof typeof STANDARD_CLAIMS, string | undefined]
    if (part !== undefined) address[part] = value === '' ? undefined : value
    else claims[first] = value === '' ? null : STANDARD_CLAIMS[first].type === 'flag' ? flag(value) : value
  }
  if (given.some(({ name }) => name.startsWith('address.')))
    claims['address'] = Object.values(address).some(text => text !== undefined) ? address : null
  return { claims }
}

function readClaim(text: string): { name: string; value: string } {
  const end = text.indexOf('=')
  const name = end < 0 ? text : text.slice(0, end)
  if (end < 0) throw usage('claim', `must be NAME=VALUE, not "${text}"`)
  if (!NAMES.includes(name)) throw usage('claim', `names no claim: "${name}". There are ${NAMES.join(', ')}`)
  return { name, value: text.slice(end + 1) }
}

function flag(value: string): boolean {
  if (value !== 'true' && value !== 'false') throw usage('claim', `must be true or false, not "${value}"`)
  return value === 'true'
}
