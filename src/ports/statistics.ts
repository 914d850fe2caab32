import type { CountedBy } from '../model/credentials/counted-by.ts'
import type { Credential, CredentialKind, CredentialUse } from '../model/credentials/credential.ts'
import type { Impact } from '../model/credentials/ending.ts'
import type { EventName } from '../model/journal.ts'

/** Figures for staff. Each query has a limit on the rows it reads. */
export type StatisticsStore = {
  counts(): Promise<HouseCounts>
  /** Returns the numbers of accepted and refused checks in this time. */
  totals(since: number, until: number): Promise<Totals>
  top(ask: {
    since: number
    until: number
    by: 'uses' | 'refusals'
    limit: number
  }): Promise<{ countedBy: CountedBy; count: number }[]>
  /** Uses by hour; hours without uses are absent. */
  hours(ask: { countedBy: readonly CountedBy[]; since: number }): Promise<HourCount[]>
  /** Recent use of these credentials or of this owner, and the things that depend on them. At most the newest 10 000 are counted. */
  impact(of: ImpactOf, since: number, now: number): Promise<Impact>
  /** Credentials that need attention. A credential is unused if it was neither used nor created in the last `unusedDays`. */
  attention(now: number, unusedDays: number): Promise<Attention>
  /** Counts all live API keys and application tokens by age and use, in an index for this purpose. */
  ages(now: number): Promise<AgeCount[]>
  /** Counts these events in buckets of time, among the newest 50 000 entries of the journal. */
  events(ask: {
    since: number
    until: number
    bucketMinutes: number
    events: readonly EventName[]
  }): Promise<EventCount[]>
}

export type HouseCounts = {
  users: number
  clients: number
  resources: number
  /** Grants that are alive. */
  grants: number
  /** Counting stops at 10 000. */
  activeCredentials: number
  activeSessions: number
}
/** `fromDays` is the start of the age band (AGE_BANDS). */
export type AgeCount = { fromDays: number; kind: CredentialKind; use: CredentialUse; count: number }
export type Totals = { uses: number; refusals: number }
export type EventCount = { at: number; event: EventName; count: number }
/** `applications: 'too'` includes everything issued through the applications that this user registered. */
export type ImpactOf = { kinds?: readonly CredentialKind[] } & (
  | { credentialIds: readonly string[]; grantIds?: readonly string[] }
  | { clientId: string }
  | { userId: string; applications?: 'too' }
  | { all: true }
)
export type HourCount = { countedBy: CountedBy; at: number; valid: number; refused: number }
export type Attention = {
  expiringSoon: Credential[]
  longUnused: Credential[]
  /** More than a fifth of the checks in the last hour were refused, and at least twenty. */
  muchRefused: { countedBy: CountedBy; uses: number; refusals: number }[]
  /** Failed sign-ins of the last hour, among the newest 10 000 entries of the journal. */
  failedSignIns: number
}
