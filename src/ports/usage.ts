import type { CountedBy } from '../model/counted-by.ts'

/** Usage in buckets of one minute; what charts read. `minute` counts minutes since the epoch. */
export type UsageCount = { minute: number; countedBy: CountedBy; kind: string; outcome: string; count: number }
export type UsageStore = {
  /** `lastUsed`: the grants and clients of what was used were used, too. */
  add(
    counts: readonly UsageCount[],
    lastUsed: ReadonlyMap<CountedBy, number>,
    networks: readonly NetworkUse[],
  ): Promise<void>
  /** By client: so many tokens it was given, the last one then. */
  addIssues(issues: ReadonlyMap<string, { count: number; at: number }>): Promise<void>
  /** Of these clients, those of which no accepted use is counted. */
  neverAccepted(clientIds: readonly string[]): Promise<string[]>
  /** So many checks took so long: `counts` by step (model/check-time), of the minute that `at` is in. */
  addTimes(at: number, counts: ReadonlyMap<number, number>): Promise<void>
  /** Counts by step. Buckets below an hour are kept for two days, the others as long as usage is. */
  times(ask: { since: number; until: number; bucketMinutes: number }): Promise<TimeCount[]>
  /** Where accepted uses of this came from, latest first; at most 50. */
  networks(of: UsageOf): Promise<{ network: string; at: number }[]>
  /** And of each of these grants. */
  networksOfGrants(ids: readonly string[]): Promise<Map<string, { network: string; at: number }[]>>
  /** Of everything, or of this. Parts of an hour of an owner are those of their newest 10 000 credentials and grants that are still there. */
  read(ask: UsageOf & { since: number; until: number; bucketMinutes: number }): Promise<UsageBucket[]>
}
/** One thing that counts, or all of a grant, of a client or of a user: rows and statements. */
export type UsageOf = { countedBy?: CountedBy; grantId?: string; clientId?: string; userId?: string }
/** An accepted use from a network (IPv4 /24, IPv6 /48). */
export type NetworkUse = { countedBy: CountedBy; network: string; at: number }
export type TimeCount = { at: number; step: number; count: number }
export type UsageBucket = { at: number; kind: string; outcome: string; count: number }
