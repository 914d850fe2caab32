import { Text } from '@mantine/core'
import { t } from '../../language/t.ts'

/** The two latest networks from which tokens were accepted. */
export function Networks({ of }: { of: readonly string[] }) {
  if (of.length === 0)
    return (
      <Text c="dimmed" size="sm">
        {t('none yet')}
      </Text>
    )
  const more = of.length - 2
  const latest = of.slice(0, 2).join(', ')
  return (
    <Text size="sm" title={of.join(', ')}>
      {more > 0 ? t('{networks} and {more} more', { networks: latest, more }) : latest}
    </Text>
  )
}
