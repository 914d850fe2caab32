import { useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { t } from '../language/t.ts'
import { Choice } from '../show/value/choice.tsx'

const SCHEMES = [
  { value: 'light', label: t('Light'), Icon: IconSun },
  { value: 'auto', label: t('As the system'), Icon: IconDeviceDesktop },
  { value: 'dark', label: t('Dark'), Icon: IconMoon },
] as const

export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return <Choice label={t('Colours')} value={colorScheme} onChange={setColorScheme} of={SCHEMES} />
}
