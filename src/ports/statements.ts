import type { JournalEntry } from '../model/journal.ts'

/* What is remembered of access tokens that have no row: the keys that seal them, and which were ended before their time. */

export type StatementKeyRecord = {
  /** Of this installation, never used twice. */
  number: number
  /** Sealed with the master key. */
  sealedSecret: string
  createdAt: number
  /** Seals from then on, until the next one does. */
  sealsFrom: number
}

export type StatementKeyStore = {
  /** Oldest first. */
  list(): Promise<StatementKeyRecord[]>
  /** Adds the next key, if `after` is still the newest one (absent: if there is none): of several processes that renew at once, one does. */
  add(
    key: Omit<StatementKeyRecord, 'number'>,
    after: number | undefined,
    entry: JournalEntry,
  ): Promise<'added' | 'there is another'>
}

export type EndedStatement = { id: string; endsAt: number }
export type EndedStatementStore = {
  /** Ends one. 1 for the call that did; only that one writes its entry and a line of the revocation log. */
  end(statement: EndedStatement, entry: JournalEntry): Promise<number>
  /** Those that are remembered; `undefined` where there are more than `most`. And the largest end of those that are not any more. */
  all(most: number): Promise<{ ended: EndedStatement[] | undefined; floor: number }>
  /** Which of these were ended, and the floor as it was at that moment. */
  among(ids: readonly string[]): Promise<{ ended: EndedStatement[]; floor: number }>
}
