import type { Page, PageAsk } from '../ports/paging.ts'
import type { Call, Option } from './command.ts'

export const PAGING: readonly Option[] = [
  { flags: '--limit <count>', about: 'how many at most (50)' },
  { flags: '--cursor <cursor>', about: 'where the page before ended' },
  { flags: '--all', about: 'all of them' },
]

/** One page as asked for, or with `--all` one after the other until there are no more. */
export async function readPages<T>({ options }: Call, read: (ask: PageAsk) => Promise<Page<T>>): Promise<Page<T>> {
  const limit = options.whole('limit', 1, 1000) ?? 50
  const cursor = options.one('cursor')
  if (!options.said('all')) return read({ limit, ...(cursor && { cursor }) })
  const items: T[] = []
  let next = cursor
  do {
    const page: Page<T> = await read({ limit: 500, ...(next && { cursor: next }) })
    items.push(...page.items)
    next = page.nextCursor
  } while (next)
  return { items }
}
