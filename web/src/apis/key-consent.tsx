import { Checkbox } from '@mantine/core'
import { t } from '../language/t.ts'

/** Allows keys instead of a sign-in for an API. */
export const KeyConsent = ({ value, onChange }: { value: boolean; onChange(value: boolean): void }) => (
  <Checkbox
    label={t('Accept an API key of this API instead of a sign-in')}
    description={t(
      'For applications that request only this API. They get at most the scopes of the key, and lose access when the key ends.',
    )}
    checked={value}
    onChange={event => onChange(event.currentTarget.checked)}
  />
)
