import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import styles from './list.module.css'

type Props = { href: string; icon?: ReactNode; beside?: ReactNode; children: ReactNode }

/**
 * The name of a row as a link. On the same line, a detail distinguishes it from other rows with this name. The icon is drawn
 * first and read last.
 */
export const Lead = ({ href, icon, beside, children }: Props) => (
  <span className={styles.who}>
    <Anchor component={Link} href={href} fw={500} c="inherit" size="sm">
      {children}
    </Anchor>
    {beside ? <span className={styles.beside}>{beside}</span> : null}
    {icon ? <span className={styles.icon}>{icon}</span> : null}
  </span>
)
