import type { Call, Option } from '../program/command.ts'

export const PAGING: readonly Option[] = [
  { flags: '--limit <count>', about: 'maximum number of items, up to 1000 (default: 50)' },
  { flags: '--cursor <cursor>', about: 'next_cursor of the page before, from its JSON output' },
  { flags: '--all', about: 'print the items of all pages' },
]

/** The largest number of items in one answer of the management API. */
const MOST_AT_ONCE = 200

export type Paged<T> = { items: T[]; next_cursor: string | null }

/** Reads page after page, up to the requested number of items, or to the end with `--all`. */
export async function readPages<T>(
  { options }: Pick<Call, 'options'>,
  read: (ask: { limit: number; cursor?: string }) => Promise<Paged<T>>,
): Promise<Paged<T>> {
  const wanted = options.said('all') ? Number.POSITIVE_INFINITY : (options.whole('limit', 1, 1000) ?? 50)
  const items: T[] = []
  let cursor = options.one('cursor') ?? null
  do {
    const limit = Math.min(wanted - items.length, MOST_AT_ONCE)
    const page: Paged<T> = await read({ limit, ...(cursor !== null && { cursor }) })
    items.push(...page.items)
    cursor = page.next_cursor
  } while (cursor !== null && items.length < wanted)
  return { items, next_cursor: cursor }
}
