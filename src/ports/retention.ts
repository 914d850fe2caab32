/** How long what is over stays for explanations and charts, in milliseconds. */
export type Retention = {
  expired: number
  revoked: number
  usage: number
  networks: number
  /** For how long checks took in each minute; those of each hour stay as long as usage. */
  minutes: number
  journal: number
  revocations: number
  /** For applications that registered themselves; counted from their last use, or from their registration. */
  applications: number
}
export type RetentionStore = {
  /**
   * One small step through all tables that grow, at most `limit` rows of each; returns how many are gone. Nothing
   * happens, and 0 is returned, when another process had its turn less than `turn` milliseconds ago.
   */
  purge(now: number, how: Retention & { turn: number; limit: number }): Promise<number>
}
