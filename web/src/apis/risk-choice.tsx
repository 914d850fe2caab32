import { SegmentedControl } from '@mantine/core'

type Risk = 'low' | 'high'

/** How far-reaching a scope is, as the people who are asked for it read it. */
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
