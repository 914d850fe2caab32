import { Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { t } from '../../language/t.ts'
import styles from './page.module.css'

/** The heading of a page, a sentence about its purpose, and its actions. */
export function PageHead({
  title,
  tab,
  lead,
  actions,
}: {
  title: ReactNode
  /** The title of the browser tab if `title` is not plain text. */
  tab?: string
  lead?: ReactNode
  actions?: ReactNode
}) {
  useDocumentTitle(`${tab ?? (typeof title === 'string' ? title : t('Console'))} · Claviger`)
  return (
    <div className={styles.head}>
      <div>
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {lead ? (
          <Text c="dimmed" mt={4} maw={720} component="div">
            {lead}
          </Text>
        ) : null}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  )
}
