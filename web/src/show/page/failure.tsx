import { Alert, Button, Code, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Problem } from '../../api/ask.ts'
import { t } from '../../language/t.ts'
import { SignInAgain } from '../change/sign-in-again.tsx'

/** An error with its request id and a button to try again. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = error instanceof Problem ? error : undefined
  if (problem?.status === 401) return <SignInAgain error={problem} />
  return (
    <Alert
      role="alert"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={problem?.status === 403 ? t('Not allowed for your role') : t('This did not work')}
    >
      <Text size="sm">{error instanceof Error ? error.message : t('Something unexpected happened.')}</Text>
      {problem?.status === 429 ? (
        <Text size="sm" mt={4}>
          {t('Too many requests. Wait a minute, then try again.')}
        </Text>
      ) : null}
      {problem && problem.status >= 500 ? (
        <Text size="sm" mt={4}>
          {t('The server failed. Try again. If it fails again, give this request id to the operator.')}
        </Text>
      ) : null}
      {problem?.requestId ? (
        <Text size="sm" mt={4}>
          {t('Request id')} <Code>{problem.requestId}</Code>
        </Text>
      ) : null}
      {onRetry && problem?.status !== 403 ? (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('Try again')}
          </Button>
        </Group>
      ) : null}
    </Alert>
  )
}
