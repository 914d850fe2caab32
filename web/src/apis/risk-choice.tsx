import { t } from '../language/t.ts'
import { Choice, choicesOf } from '../show/value/choice.tsx'

type Risk = 'low' | 'high'
export const RISKS: Record<Risk, string> = { low: t('low risk'), high: t('high risk') }

/** The risk of a scope, as shown on the consent page. */
export const RiskChoice = ({ value, onChange }: { value: Risk; onChange(risk: Risk): void }) => (
  <Choice label={t('Risk')} value={value} onChange={onChange} of={choicesOf(RISKS)} />
)
