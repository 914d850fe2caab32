import { Link } from 'wouter'
import { BASE } from '../api/base.ts'
import styles from './shell.module.css'

export const Brand = () => (
  <Link href="/" className={styles.brand ?? ''}>
    <img src={`${BASE}/assets/claviger.svg`} alt="" width="26" height="26" />
    Claviger
  </Link>
)
