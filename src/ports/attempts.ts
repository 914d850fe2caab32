/** The number of attempts that may be made at once, and the number that is added each minute. */
export type Limit = { burst: number; perMinute: number }

/** Networks from which a user signed in, each under one key. */
export type FamiliarStore = {
  has(key: string): Promise<boolean>
  /** Stores the network; writes at most once a day. */
  add(key: string): Promise<void>
}

/** Limits the attempts at guessable values, counted across all processes. Keys are hashes, because users often type a password into the name field. */
export type AttemptStore = {
  /** Takes one attempt; the database decides, also between parallel calls. `left` is the remaining fraction of an attempt, below 1. The clock of the store counts. */
  take(key: string, limit: Limit): Promise<'taken' | { left: number }>
  /** Returns the attempt that was taken. */
  giveBack(key: string): Promise<void>
}
