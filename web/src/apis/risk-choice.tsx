import { SegmentedControl } from '@mantine/core'

type Risk = 'low' | 'high'

/** The risk of a scope, as shown on the consent page. */
export const RiskChoice = ({ value, onChange }: { value: Risk; onChange(risk: Risk): void }) => (
  <SegmentedControl
    aria-label="Risk"
    value={value}
    onChange={risk => onChange(risk === 'high' ? 'high' : 'low')}
    data={[
      { value: 'low', label: 'Low risk' },
      { value: 'high', label: 'High risk' },
    ]}
  />
)
