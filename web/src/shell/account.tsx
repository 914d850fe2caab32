import { Button, Text } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { BASE } from '../api/base.ts'
import { useSession } from '../api/session.tsx'
import { chooseLanguage, language } from '../language/language.ts'
import { t, tx } from '../language/t.ts'
import { Name } from '../show/value/name.tsx'

/** The signed-in user, and the button for signing out. */
export function Account() {
  const { user, csrf } = useSession()
  return (
    <form method="post" action={`${BASE}/logout`}>
      <input type="hidden" name="csrf" value={csrf} />
      <Text size="sm" fw={600} px={8}>
        {tx('Signed in as {name}', { name: <Name text={user.handle} /> })}
      </Text>
      <Text size="xs" c="dimmed" px={8} mb={6}>
        {user.role}
      </Text>
      <Button
        type="submit"
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconLogout size={16} aria-hidden />}
        mb="sm"
      >
        {t('Sign out')}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        mb="sm"
        lang={language === 'de' ? 'en' : 'de'}
        onClick={() => chooseLanguage(language === 'de' ? 'en' : 'de')}
      >
        {language === 'de' ? 'English' : 'Deutsch'}
      </Button>
    </form>
  )
}
