import { useAsk } from '../api/use-ask.ts'

/** The use of each of these credentials in the last 36 hours. The server tells it for 200 at most. */
export function useSparks(credentials: readonly { id: string }[], every?: number) {
  const ids = credentials.slice(0, 200).map(({ id }) => id)
  const sparks = useAsk(
    'sparklines',
    { query: { credentials: ids.join(',') } },
    { enabled: ids.length > 0, ...(every && { every }) },
  )
  return sparks.data?.items ?? []
}
