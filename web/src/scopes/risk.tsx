import { Badge } from '@mantine/core'
import { t } from '../language/t.ts'
import { Choice, choicesOf } from '../show/value/choice.tsx'
import type { KnownScope } from './use-known-scopes.ts'

type Level = KnownScope['risk']
const RISKS: Record<Level, string> = { low: t('low risk'), high: t('high risk') }

export const Risk = ({ of }: { of: Level }) => (
  <Badge variant="light" color={of === 'high' ? 'orange' : 'gray'}>
    {RISKS[of]}
  </Badge>
)

/** The risk of a scope, as shown on the consent page. */
export const RiskChoice = ({ value, onChange }: { value: Level; onChange(risk: Level): void }) => (
  <Choice label={t('Risk')} value={value} onChange={onChange} of={choicesOf(RISKS)} />
)
