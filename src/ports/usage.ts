/** Usage in buckets of one minute; what charts read. `minute` counts minutes since the epoch. */
export type UsageCount = { minute: number; credentialId: string; kind: string; outcome: string; count: number }
export type UsageStore = {
  add(
    counts: readonly UsageCount[],
    lastUsed: ReadonlyMap<string, number>,
    networks: readonly NetworkUse[],
  ): Promise<void>
  /** When these clients were last given a token. */
  addIssues(lastIssued: ReadonlyMap<string, number>): Promise<void>
  /** So many checks took so long: `counts` by step (model/check-time), of the minute that `at` is in. */
  addTimes(at: number, counts: ReadonlyMap<number, number>): Promise<void>
  /** Counts by step. Buckets below an hour are kept for two days, the others as long as usage is. */
  times(ask: { since: number; until: number; bucketMinutes: number }): Promise<TimeCount[]>
  /**
   * Of everything, of one credential, or of a user or client. Parts of an hour of an owner are those of their newest
   * 10 000 credentials that are still there.
   */
  read(ask: {
    since: number
    until: number
    bucketMinutes: number
    credentialId?: string
    userId?: string
    clientId?: string
  }): Promise<UsageBucket[]>
}
/** An accepted use from a network (IPv4 /24, IPv6 /48). */
export type NetworkUse = { credentialId: string; network: string; at: number }
export type TimeCount = { at: number; step: number; count: number }
export type UsageBucket = { at: number; kind: string; outcome: string; count: number }
