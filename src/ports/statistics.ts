import type { CountedBy } from '../model/counted-by.ts'
import type { Credential, CredentialKind, CredentialUse } from '../model/credential.ts'
import type { Impact } from '../model/ending.ts'
import type { EventName } from '../model/journal.ts'

/** What people who run the installation look at. Every question has a bound on what it reads. */
export type StatisticsStore = {
  counts(): Promise<HouseCounts>
  /** Checks since then: accepted and refused. */
  totals(since: number, until: number): Promise<Totals>
  top(ask: {
    since: number
    until: number
    by: 'uses' | 'refusals'
    limit: number
  }): Promise<{ countedBy: CountedBy; count: number }[]>
  /** By the hour, only where something happened. */
  hours(ask: { countedBy: readonly CountedBy[]; since: number }): Promise<HourCount[]>
  /** What these did since then, and what hangs on them. Of very many the newest 10 000 are looked at. */
  impact(of: ImpactOf, since: number, now: number): Promise<Impact>
  /** Unused is what was neither used nor made for so many days. */
  attention(now: number, unusedDays: number): Promise<Attention>
  /** Live API keys and application tokens by age and by use: all of them, counted in an index made for it. */
  ages(now: number): Promise<AgeCount[]>
  /** How often each of these happened, in buckets, among the newest 50 000 entries of the journal. */
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
  /** What users allow applications, alive. */
  grants: number
  /** Counting stops at 10 000. */
  activeCredentials: number
  activeSessions: number
}
/** `fromDays` is where the band of ages begins (AGE_BANDS). */
export type AgeCount = { fromDays: number; kind: CredentialKind; use: CredentialUse; count: number }
export type Totals = { uses: number; refusals: number }
export type EventCount = { at: number; event: EventName; count: number }
/** `applications: 'too'`: with all that was issued through the applications that this user registered. */
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
  /** More than a fifth of the last hour's checks refused, and at least twenty. */
  muchRefused: { countedBy: CountedBy; uses: number; refusals: number }[]
  /** In the last hour, among the newest 10 000 entries of the journal. */
  failedSignIns: number
}
