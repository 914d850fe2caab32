import type { Answer } from '../../../src/wire/admin/contract.ts'
import { DAY } from '../span.ts'

export type Api = Answer<'getResourceServer'>

export const TOKEN_FORMATS = [
  { value: 'opaque', label: 'Opaque' },
  { value: 'jwt', label: 'JWT' },
] as const
export const formatSays = (format: Api['token_format']): string =>
  format === 'jwt'
    ? 'The API can check them without a request to this server. With the revocation feed, it refuses revoked ones within a second.'
    : 'Short strings that contain no data. The API checks each one with this server.'

/** Ends that introspection can report for a credential without one. */
export const ROLLING_ENDS = [
  { value: '', label: 'None' },
  { value: String(DAY), label: 'One day ahead' },
  { value: String(30 * DAY), label: '30 days ahead' },
  { value: String(365 * DAY), label: 'One year ahead' },
]
