import type { CountedBy } from '../model/credentials/counted-by.ts'

/** Usage in buckets of one minute, for charts. `minute` counts minutes since 1970. */
export type UsageCount = { minute: number; countedBy: CountedBy; kind: string; outcome: string; count: number }
export type UsageStore = {
  /** `lastUsed` also marks the grants and clients of the used credentials as used. */
  add(
    counts: readonly UsageCount[],
    lastUsed: ReadonlyMap<CountedBy, number>,
    networks: readonly NetworkUse[],
  ): Promise<void>
  /** Adds for each client the number of issued tokens and the time of the latest. */
  addIssues(issues: ReadonlyMap<string, { count: number; at: number }>): Promise<void>
  /** The clients among these that have no accepted use. */
  neverAccepted(clientIds: readonly string[]): Promise<string[]>
  /** Adds durations of checks: `counts` is the number of checks by step (model/credentials/check-time), for the minute that contains `at`. */
  addTimes(at: number, counts: ReadonlyMap<number, number>): Promise<void>
  /** Counts by step. Buckets shorter than an hour are kept for two days, others as long as usage. */
  times(ask: { since: number; until: number; bucketMinutes: number }): Promise<TimeCount[]>
  /** Returns the networks of accepted uses, latest first, at most 50. */
  networks(of: UsageOf): Promise<{ network: string; at: number }[]>
  /** Returns the networks of each of these grants, in the same form. */
  networksOfGrants(ids: readonly string[]): Promise<Map<string, { network: string; at: number }[]>>
  /**
   * Usage of the whole installation, or of `UsageOf`. For an owner, buckets shorter than an hour count only the newest
   * 10 000 credentials and grants that still exist.
   */
  read(ask: UsageOf & { since: number; until: number; bucketMinutes: number }): Promise<UsageBucket[]>
}
/** One credential, or all credentials of a grant, a client or a user, with and without rows. */
export type UsageOf = { countedBy?: CountedBy; grantId?: string; clientId?: string; userId?: string }
/** An accepted use from a network (IPv4 /24, IPv6 /48). */
export type NetworkUse = { countedBy: CountedBy; network: string; at: number }
export type TimeCount = { at: number; step: number; count: number }
export type UsageBucket = { at: number; kind: string; outcome: string; count: number }
