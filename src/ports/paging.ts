/** One page of a list; the last page has no `nextCursor`. */
export type Page<T> = { items: T[]; nextCursor?: string }
export type PageAsk = {
  limit: number
  /** The `nextCursor` of the previous page. */
  cursor?: string
  /** Newest first by default. */
  order?: 'newest' | 'oldest'
}
