import type { ReactNode } from 'react'
import styles from './page.module.css'

/** Facts about one thing as pairs of name and value. */
export const Facts = ({
  rows,
  pairs,
}: {
  /** A fact without a value is left out. */
  rows: readonly (readonly [string, ReactNode])[]
  /** Two pairs beside each other on a wide page. */
  pairs?: true
}) => (
  <dl className={pairs ? `${styles.facts} ${styles.pairs}` : styles.facts}>
    {rows
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)
