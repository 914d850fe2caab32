import { Alert, Anchor, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Problem } from '../../api/ask.ts'
import { BASE } from '../../api/base.ts'
import { t, tx } from '../../language/t.ts'

/** Shown if the session has ended or a required proof was not given. Signing in opens another tab, so that the input on this page is kept. */
export function SignInAgain({ error }: { error: Problem }) {
  const tooOld = error.code === 'login-required'
  const client = useQueryClient()
  useEffect(() => {
    const onFocus = () => void client.refetchQueries({ queryKey: ['getSession'] })
    window.addEventListener('focus', onFocus)
    return () => window.removeEventListener('focus', onFocus)
  }, [client])
  return (
    <Alert
      color="yellow"
      icon={<IconLock aria-hidden />}
      title={tooOld ? t('Confirm that it is you') : t('You are signed out')}
      role="alert"
    >
      <Text size="sm">
        {tooOld
          ? t('Nothing was changed. Try again, and enter your password or code.')
          : tx('Your session has ended. {signIn}, then come back and try again.', {
              signIn: (
                <Anchor href={`${BASE}/login?switch=1`} target="_blank" rel="noopener">
                  {t('Sign in again in a new tab')}
                </Anchor>
              ),
            })}
      </Text>
    </Alert>
  )
}
