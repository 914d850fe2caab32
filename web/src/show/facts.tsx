import type { ReactNode } from 'react'
import styles from './show.module.css'

/** Facts about one thing as pairs of name and value. */
export const Facts = ({ rows }: { rows: readonly (readonly [string, ReactNode] | undefined)[] }) => (
  <dl className={styles.facts}>
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
