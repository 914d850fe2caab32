import { Code, Text } from '@mantine/core'
import { EVERYTHING, NOTHING } from '../../../../src/wire/admin/contract.ts'
import { t } from '../../language/t.ts'
import { plainName } from './name.tsx'
import styles from './value.module.css'

/** Scopes of a credential. `null` means all rights of the owner at the time of use. */
export function Scopes({ of, most = 4 }: { of: readonly string[] | null; most?: number }) {
  if (of === null) return <Text size="sm">{t(EVERYTHING)}</Text>
  if (of.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t(NOTHING)}
      </Text>
    )
  return (
    <span className={styles.scopes} title={of.join(' ')}>
      {of.slice(0, most).map(scope => (
        <Code key={scope}>{plainName(scope)}</Code>
      ))}
      {of.length > most ? (
        <Text span size="xs" c="dimmed">
          +{of.length - most}
        </Text>
      ) : null}
    </span>
  )
}
