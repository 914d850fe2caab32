import { Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import styles from './show.module.css'

/** The one heading of a page, a sentence on what it is for, and what can be done here. */
export function PageHead({
  title,
  tab,
  lead,
  actions,
}: {
  title: ReactNode
  /** Name of the browser tab, when the title is more than text. */
  tab?: string
  lead?: ReactNode
  actions?: ReactNode
}) {
  useDocumentTitle(`${tab ?? (typeof title === 'string' ? title : 'Console')} · Claviger`)
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
