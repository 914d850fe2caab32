/** A stretch of a list; without `nextCursor` it was the last one. */
export type Page<T> = { items: T[]; nextCursor?: string }
export type PageAsk = {
  limit: number
  /** Where the page before this one ended, as its `nextCursor` said. */
  cursor?: string
  /** Newest first unless said otherwise. */
  order?: 'newest' | 'oldest'
}
