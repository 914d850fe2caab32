/** Attempts that may be made at once, and how many come back each minute. */
export type Limit = { burst: number; perMinute: number }

/** Networks from which a person signed in, each under one key. */
export type FamiliarStore = {
  has(key: string): Promise<boolean>
  /** Remembers it from now on; written at most once a day. */
  add(key: string): Promise<void>
}

/** Tries at what people choose, counted for all processes together. Keys are hashes: what was typed as a name is often a password. */
export type AttemptStore = {
  /** Takes one, decided by the database, also for parallel callers; otherwise tells how much is left, less than one. Time passes by the clock of the store. */
  take(key: string, limit: Limit): Promise<'taken' | { left: number }>
  /** That one does not count. */
  giveBack(key: string): Promise<void>
}
