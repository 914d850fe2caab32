import type { ReactNode } from 'react'
import styles from './page.module.css'

/** Facts about one thing as pairs of name and value. */
export const Facts = ({
  rows,
  pairs,
}: {
  rows: readonly (readonly [string, ReactNode] | undefined)[]
  /** Two pairs beside each other on a wide page. */
  pairs?: true
}) => (
  <dl className={pairs ? `${styles.facts} ${styles.pairs}` : styles.facts}>
    {rows
      .filter(row => row !== undefined)
      .map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)
