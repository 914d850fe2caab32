/** How long old rows are kept for explanations and charts, in milliseconds. */
export type Retention = {
  expired: number
  revoked: number
  usage: number
  networks: number
  /** How long the durations of checks in each minute are kept; those of each hour are kept as long as usage. */
  minutes: number
  journal: number
  revocations: number
  /**
   * How long applications are kept that registered themselves with an older system, counted from their last use or
   * else from their registration.
   */
  applications: number
  /** How long applications are kept that a document describes, counted from the last attempt to read the document. */
  documents: number
  /**
   * How long clients are kept that registered themselves by RFC 7591, counted from their registration, last use, or
   * end of their last credential or grant, whichever is latest.
   */
  registrations: number
  /** How long notices of logouts are kept: longer than any session. */
  notices: number
}
export type RetentionStore = {
  /**
   * Deletes old rows from all tables that grow, at most `limit` rows of each, and returns the number of deleted rows.
   * Does nothing and returns 0 if another process purged less than `turn` milliseconds ago.
   */
  purge(now: number, how: Retention & { turn: number; limit: number }): Promise<number>
}
