/** Where a request came from, for the journal. */
export type Source = { requestId?: string; ip?: string; userAgent?: string }
