import { Link } from 'wouter'
import styles from './shell.module.css'

export const Brand = () => (
  <Link href="/" className={styles.brand ?? ''}>
    <img src="/assets/claviger.svg" alt="" width="26" height="26" />
    Claviger
  </Link>
)
