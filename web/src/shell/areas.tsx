import { BASE } from '../api/base.ts'
import { t } from '../language/t.ts'
import styles from './shell.module.css'

/** The other parts of the server, in the words and the order of the header of all pages (`wire/ui/site-header.ts`). */
const AREAS = [
  ['/developers', t('Developers')],
  ['/docs', t('API reference')],
  ['/account', t('Account')],
] as const

export const Areas = () => (
  <nav aria-label={t('Parts of this server')}>
    <h2 className={styles.group}>{t('Elsewhere')}</h2>
    <ul className={styles.links}>
      {AREAS.map(([path, label]) => (
        <li key={path}>
          <a href={BASE + path} className={styles.link}>
            {label}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)
