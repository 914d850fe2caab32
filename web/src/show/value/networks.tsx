import { Text } from '@mantine/core'

/** The two latest networks from which tokens were accepted. */
export function Networks({ of }: { of: readonly string[] }) {
  if (of.length === 0)
    return (
      <Text c="dimmed" size="sm">
        none yet
      </Text>
    )
  const more = of.length - 2
  return (
    <Text size="sm" title={of.join(', ')}>
      {of.slice(0, 2).join(', ')}
      {more > 0 ? ` and ${more} more` : ''}
    </Text>
  )
}
