import { Alert, Anchor, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/** Dangerous deeds need a sign-in of the last hour. It happens in a tab of its own, so that nothing typed here is lost. */
export function SignInAgain() {
  const client = useQueryClient()
  useEffect(() => {
    const onFocus = () => void client.refetchQueries({ queryKey: ['getSession'] })
    window.addEventListener('focus', onFocus)
    return () => window.removeEventListener('focus', onFocus)
  }, [client])
  return (
    <Alert color="yellow" icon={<IconLock aria-hidden />} title="Please prove that it is you" role="alert">
      <Text size="sm">
        This needs a sign-in that is less than an hour old.{' '}
        <Anchor href="/login?switch=1" target="_blank" rel="noopener">
          Sign in again in a new tab
        </Anchor>
        , then come back and try again.
      </Text>
    </Alert>
  )
}
