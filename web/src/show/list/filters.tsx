import { Button } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { t } from '../../language/t.ts'
import styles from './list.module.css'

/** The search and the other filters of a list. On a narrow screen, a button opens the filters. */
export function Filters({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <search className={styles.filters} data-open={open || undefined}>
      {children}
      <Button
        className={styles.unfold ?? ''}
        variant="default"
        aria-expanded={open}
        leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
        onClick={() => setOpen(!open)}
      >
        {t('Filters')}
      </Button>
    </search>
  )
}
