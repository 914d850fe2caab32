import type { JournalEntry } from '../model/journal.ts'

/** A client to be notified of the end of a session (OpenID Connect Back-Channel Logout section 2.5). */
export type LogoutNotice = {
  /** The root of the session (`rootOf`). */
  sessionId: string
  clientId: string
  userId: string
  createdAt: number
  /** The time of the next try; absent while the session is active, and after the last try. */
  nextAt?: number
  tries: number
  /** The result of the last try, if it failed. */
  fault?: string
}

/** Notices wait here until they are delivered. The transaction that ends a session makes them due, so a crash loses none. */
export type LogoutStore = {
  /** Reserves due notices until the time `until`, so that no other process sends them meanwhile. Counts the try. */
  takeDue(at: number, until: number, limit: number): Promise<LogoutNotice[]>
  delivered(notice: LogoutNotice): Promise<void>
  /** Without `nextAt`, the notice is not sent again automatically. */
  failed(notice: LogoutNotice, fault: string, nextAt: number | undefined): Promise<void>
  /** Undelivered notices, newest first. */
  list(filter: { clientId?: string }, limit: number): Promise<LogoutNotice[]>
  /** Makes the undelivered notices of a client due again. Returns their number. */
  repeat(clientId: string, entry: JournalEntry): Promise<number>
}
