import { ActionIcon, Text } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { BASE } from '../api/base.ts'
import { useSession } from '../api/session.tsx'
import { t, tx } from '../language/t.ts'
import { Name } from '../show/value/name.tsx'
import { ROLES } from '../users/roles.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { SchemeSwitch } from './scheme-switch.tsx'
import styles from './shell.module.css'

/** The signed-in user, the button for signing out, and how this browser shows the console. */
export function Account() {
  const { user, csrf } = useSession()
  return (
    <div className={styles.foot}>
      <form method="post" action={`${BASE}/logout`} className={styles.user}>
        <input type="hidden" name="csrf" value={csrf} />
        <div>
          <Text size="sm" fw={600}>
            {tx('Signed in as {name}', { name: <Name text={user.handle} /> })}
          </Text>
          <Text size="xs" c="dimmed">
            {ROLES[user.role].label}
          </Text>
        </div>
        <ActionIcon type="submit" variant="subtle" color="gray" aria-label={t('Sign out')} title={t('Sign out')}>
          <IconLogout size={18} aria-hidden />
        </ActionIcon>
      </form>
      <LanguageSwitch />
      <SchemeSwitch />
    </div>
  )
}
