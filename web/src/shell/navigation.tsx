import { Link, useLocation } from 'wouter'
import { useSession } from '../api/session.tsx'
import { t } from '../language/t.ts'
import { SECTIONS } from '../sections.ts'
import styles from './shell.module.css'

/** The sections that the visitor's role can see. Hiding is only for convenience; the management API decides. */
export function Navigation({ onPick }: { onPick?: () => void }) {
  const { may } = useSession()
  const [location] = useLocation()
  const seen = SECTIONS.filter(section => section.asks === undefined || may(section.asks))
  return (
    <nav aria-label={t('Sections')}>
      {(['Watch', 'Access', 'System'] as const).map(group => {
        const inGroup = seen.filter(section => section.group === group)
        if (inGroup.length === 0) return null
        return (
          <div key={group}>
            <h2 className={styles.group}>{t(group)}</h2>
            <ul className={styles.links}>
              {inGroup.map(({ path, label, icon: Icon }) => (
                <li key={path}>
                  <Link
                    href={path}
                    className={styles.link}
                    aria-current={isBelow(location, path) ? 'page' : undefined}
                    onClick={() => onPick?.()}
                  >
                    <Icon size={18} stroke={1.7} aria-hidden />
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </nav>
  )
}

const isBelow = (location: string, path: string): boolean =>
  location === path || (path !== '/' && location.startsWith(`${path}/`))
