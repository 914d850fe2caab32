import { Link, useLocation } from 'wouter'
import { BASE } from '../api/base.ts'
import { useSession } from '../api/session.tsx'
import { t } from '../language/t.ts'
import { SECTIONS } from '../sections.ts'
import styles from './shell.module.css'

/** The other parts of the server, in the words and the order of the header of all pages (`wire/ui/site-header.ts`). */
const AREAS = [
  ['/developers', t('Developers')],
  ['/docs', t('API reference')],
  ['/account', t('Account')],
] as const

/** The sections that the visitor's role can see. Hiding is only for convenience; the management API decides. */
export function Navigation({ onPick }: { onPick(): void }) {
  const { may } = useSession()
  const [location] = useLocation()
  const seen = SECTIONS.filter(({ asks }) => asks === undefined || may(asks))
  const groups = Map.groupBy(seen, ({ group }) => group)
  return (
    <>
      <nav aria-label={t('Sections')}>
        {[...groups].map(([group, sections]) => (
          <div key={group}>
            <h2 className={styles.group}>{t(group)}</h2>
            <ul className={styles.links}>
              {sections.map(({ path, label, icon: Icon }) => (
                <li key={path}>
                  <Link
                    href={path}
                    className={styles.link}
                    aria-current={isBelow(location, path) ? 'page' : undefined}
                    onClick={onPick}
                  >
                    <Icon size={18} stroke={1.7} aria-hidden />
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
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
    </>
  )
}

const isBelow = (location: string, path: string): boolean =>
  location === path || (path !== '/' && location.startsWith(`${path}/`))
