import { Checkbox, Select } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'
import type { useDraft } from '../show/change/use-draft.ts'
import { DAY } from '../span.ts'

export type Api = Answer<'getResourceServer'>
export type Wanted = Pick<Api, 'name' | 'token_format' | 'strict_audience' | 'key_consent' | 'rolling_exp_seconds'>

const FORMATS = [
  { value: 'opaque', label: t('Opaque') },
  { value: 'jwt', label: 'JWT' },
]
const FORMATS_MEAN: Record<Api['token_format'], string> = {
  opaque: t('Short strings that contain no data. The API checks each one with this server.'),
  jwt: t(
    'The API can check them without a request to this server. With the revocation feed, it refuses revoked ones within a second.',
  ),
}
/** Ends that introspection can report for a credential without one, in seconds from the request. */
const ROLLING_ENDS = [
  { value: '', label: t('No expiry') },
  { value: String(DAY), label: t('One day ahead') },
  { value: String(30 * DAY), label: t('30 days ahead') },
  { value: String(365 * DAY), label: t('One year ahead') },
]

/** What an API accepts, for a new API or for an existing one (`present`). */
export function ApiFields({
  draft,
  present,
}: {
  draft: Pick<ReturnType<typeof useDraft<Wanted>>, 'values' | 'change' | 'pick' | 'tick'>
  present?: Api
}) {
  const { token_format, strict_audience, rolling_exp_seconds } = draft.values
  const reported = String(present?.rolling_exp_seconds ?? '')
  const ends = ROLLING_ENDS.some(({ value }) => value === reported)
    ? ROLLING_ENDS
    : [...ROLLING_ENDS, { value: reported, label: t('{count} seconds ahead', { count: Number(reported) }) }]
  return (
    <>
      <Select
        label={t('Format of access tokens')}
        description={`${FORMATS_MEAN[token_format]} ${present ? t('Existing tokens keep their format.') : ''}`}
        data={FORMATS}
        allowDeselect={false}
        {...draft.pick('token_format')}
      />
      <Checkbox
        label={t('Accept only credentials issued for this API')}
        description={
          present && strict_audience && !present.strict_audience
            ? t('As soon as this is saved, this API refuses keys and tokens that do not name it as their audience.')
            : undefined
        }
        {...draft.tick('strict_audience')}
      />
      <Checkbox
        label={t('Accept an API key of this API instead of a sign-in')}
        description={t(
          'For applications that request only this API. They get at most the scopes of the key, and lose access when the key ends.',
        )}
        {...draft.tick('key_consent')}
      />
      <Select
        label={t('Expiry reported for credentials that never expire')}
        description={t(
          'Some APIs refuse a token without an expiry. For them, introspection reports a time in the future, counted from each check.',
        )}
        data={ends}
        value={String(rolling_exp_seconds ?? '')}
        onChange={seconds => draft.change({ rolling_exp_seconds: seconds ? Number(seconds) : null })}
        allowDeselect={false}
      />
    </>
  )
}
