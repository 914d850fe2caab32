import { SegmentedControl } from '@mantine/core'
import { t } from '../language/t.ts'

type Risk = 'low' | 'high'
export const RISKS: Record<Risk, string> = { low: t('low risk'), high: t('high risk') }

/** The risk of a scope, as shown on the consent page. */
export const RiskChoice = ({ value, onChange }: { value: Risk; onChange(risk: Risk): void }) => (
  <SegmentedControl
    aria-label={t('Risk')}
    value={value}
    onChange={risk => onChange(risk === 'high' ? 'high' : 'low')}
    data={Object.entries(RISKS).map(([risk, label]) => ({ value: risk, label }))}
  />
)
