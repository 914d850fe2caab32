import { Alert, Button, Code, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Problem } from '../api/ask.ts'

/** What went wrong, the id under which the server remembers it, and what to do. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = error instanceof Problem ? error : undefined
  return (
    <Alert
      role="alert"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={problem?.status === 403 ? 'Not allowed for your role' : 'This did not work'}
    >
      <Text size="sm">{error instanceof Error ? error.message : 'Something unexpected happened.'}</Text>
      {problem?.requestId ? (
        <Text size="sm" mt={4}>
          Request id <Code>{problem.requestId}</Code>
        </Text>
      ) : null}
      {onRetry && problem?.status !== 403 ? (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        </Group>
      ) : null}
    </Alert>
  )
}
