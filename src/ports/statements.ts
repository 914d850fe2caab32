import type { JournalEntry } from '../model/journal.ts'

/* Stored facts about access tokens without a row: the keys that seal them, and the tokens that ended before they expired. */

export type StatementKeyRecord = {
  /** Numbers are unique within an installation and never reused. */
  number: number
  /** Sealed with the master key. */
  sealedSecret: string
  createdAt: number
  /** The key seals from this time until the next key does. */
  sealsFrom: number
}

export type StatementKeyStore = {
  /** Oldest first. */
  list(): Promise<StatementKeyRecord[]>
  /** Adds the next key if `after` is still the newest one (absent: if there is none), so that only one of several processes that renew at once succeeds. */
  add(
    key: Omit<StatementKeyRecord, 'number'>,
    after: number | undefined,
    entry: JournalEntry,
  ): Promise<'added' | 'there is another'>
}

export type EndedStatement = { id: string; endsAt: number }
export type EndedStatementStore = {
  /** Ends one statement. Returns 1 for the call that ended it; only that call writes the entry and a line of the revocation log. */
  end(statement: EndedStatement, entry: JournalEntry): Promise<number>
  /** All remembered ended statements; `undefined` if there are more than `most`. `floor` is the largest expiry of those that were deleted. */
  all(most: number): Promise<{ ended: EndedStatement[] | undefined; floor: number }>
  /** The ended statements among these ids, with the floor at that moment. */
  among(ids: readonly string[]): Promise<{ ended: EndedStatement[]; floor: number }>
}
