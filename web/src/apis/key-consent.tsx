import { Checkbox } from '@mantine/core'

/** Allows keys instead of a sign-in for an API. */
export const KeyConsent = ({ value, onChange }: { value: boolean; onChange(value: boolean): void }) => (
  <Checkbox
    label="Take one of its API keys in the place of a sign-in"
    description="For an application that asks for this API alone. It gets no more than the key, and its access ends with the key."
    checked={value}
    onChange={event => onChange(event.currentTarget.checked)}
  />
)
