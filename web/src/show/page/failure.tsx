import { Alert, Button, Code, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Problem } from '../../api/ask.ts'
import { t } from '../../language/t.ts'
import { SignInAgain } from '../change/sign-in-again.tsx'

/** An error with its request id and a button to try again. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = error instanceof Problem ? error : undefined
  if (problem?.status === 401) return <SignInAgain error={problem} />
  const advice =
    problem?.status === 429
      ? t('Too many requests. Wait a minute, then try again.')
      : problem && problem.status >= 500
        ? t('The server failed. Try again. If it fails again, give this request id to the operator.')
        : undefined
  return (
    <Alert
      role="alert"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={problem?.status === 403 ? t('Not allowed for your role') : t('This did not work')}
    >
      <Text size="sm">{error instanceof Error ? error.message : t('Something unexpected happened.')}</Text>
      {advice ? (
        <Text size="sm" mt={4}>
          {advice}
        </Text>
      ) : null}
      {problem?.requestId ? (
        <Text size="sm" mt={4}>
          {t('Request id')} <Code>{problem.requestId}</Code>
        </Text>
      ) : null}
      {onRetry && problem?.status !== 403 ? (
        <Button size="xs" variant="default" mt="sm" onClick={onRetry}>
          {t('Try again')}
        </Button>
      ) : null}
    </Alert>
  )
}
