import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Answer, OperationId } from '../../../src/wire/admin/contract.ts'
import { type Ask, ask } from './ask.ts'

/** Reads an answer; `every` polls with this pause in milliseconds. */
export function useAsk<Id extends OperationId>(
  id: Id,
  what: Omit<Ask<Id>, 'signal'> = {},
  { every, enabled = true }: { every?: number; enabled?: boolean } = {},
) {
  return useQuery({
    queryKey: [id, what],
    queryFn: ({ signal }) => ask(id, { ...what, signal }),
    placeholderData: keepPreviousData,
    enabled,
    ...(every && { refetchInterval: every }),
  })
}

type Paged = { items: readonly unknown[]; next_cursor: string | null }
type PagedId = { [Id in OperationId]: Answer<Id> extends Paged ? Id : never }[OperationId]
export type Item<Id extends PagedId> = Answer<Id>['items'][number]

/** Reads a list page by page. `items` contains all pages fetched so far. */
export function usePages<Id extends PagedId>(
  id: Id,
  what: Omit<Ask<Id>, 'signal'> = {},
  { every, enabled = true }: { every?: number; enabled?: boolean } = {},
) {
  const pages = useInfiniteQuery({
    queryKey: [id, 'pages', what],
    queryFn: ({ signal, pageParam }) =>
      ask(id, { ...what, query: withCursor(what.query, pageParam), signal } as Ask<Id>),
    initialPageParam: '',
    getNextPageParam: last => (last as Paged).next_cursor,
    placeholderData: keepPreviousData,
    enabled,
    ...(every && { refetchInterval: every }),
  })
  const items = pages.data?.pages.flatMap(page => (page as Paged).items as Item<Id>[])
  return { ...pages, items }
}

const withCursor = (query: unknown, cursor: string): object => ({
  ...(query as object | undefined),
  ...(cursor && { cursor }),
})

/** Performs a change. Then reads all visible data again, because one change affects many lists. */
export function useChange<Id extends OperationId>(id: Id) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (what: Ask<Id>) => ask(id, what),
    onSuccess: () => client.invalidateQueries(),
  })
}
