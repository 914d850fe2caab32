import { ActionIcon, Text, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import { BASE } from '../api/base.ts'
import { useSession } from '../api/session.tsx'
import { chooseLanguage, type Language, language } from '../language/language.ts'
import { t, tx } from '../language/t.ts'
import choice from '../show/value/choice.module.css'
import { Choice } from '../show/value/choice.tsx'
import { Name } from '../show/value/name.tsx'
import { ROLES } from '../users/roles.ts'
import styles from './shell.module.css'

/** Each language in its own words. */
const LANGUAGES: readonly (readonly [Language, string])[] = [
  ['en', 'English'],
  ['de', 'Deutsch'],
]
const SCHEMES = [
  { value: 'light', label: t('Light'), Icon: IconSun },
  { value: 'auto', label: t('As the system'), Icon: IconDeviceDesktop },
  { value: 'dark', label: t('Dark'), Icon: IconMoon },
] as const

/** The signed-in user, the button for signing out, and how this browser shows the console. */
export function Account() {
  const { user, csrf } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
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
      {/* Buttons, because a choice loads the page again: the arrow keys, which choose among radio buttons, must not do that. */}
      <fieldset aria-label={t('Language')} className={choice.choice}>
        {LANGUAGES.map(([one, name]) => (
          <button
            key={one}
            type="button"
            lang={one}
            aria-current={one === language ? true : undefined}
            onClick={() => one !== language && chooseLanguage(one)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <Choice label={t('Colours')} value={colorScheme} onChange={setColorScheme} of={SCHEMES} />
    </div>
  )
}
