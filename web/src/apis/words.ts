import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'
import { DAY } from '../span.ts'

export type Api = Answer<'getResourceServer'>

export const TOKEN_FORMATS = [
  { value: 'opaque', label: t('Opaque') },
  { value: 'jwt', label: 'JWT' },
] as const
export const formatSays = (format: Api['token_format']): string =>
  format === 'jwt'
    ? t(
        'The API can check them without a request to this server. With the revocation feed, it refuses revoked ones within a second.',
      )
    : t('Short strings that contain no data. The API checks each one with this server.')

/** Ends that introspection can report for a credential without one. */
export const ROLLING_ENDS = [
  { value: '', label: t('No expiry') },
  { value: String(DAY), label: t('One day ahead') },
  { value: String(30 * DAY), label: t('30 days ahead') },
  { value: String(365 * DAY), label: t('One year ahead') },
]
