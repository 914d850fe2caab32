import type { Gate } from '../model/gate.ts'
import type { JournalEntry } from '../model/journal.ts'

/** Gates by name. Each change or deletion appends to the revocation log, so that caches drop the gate. */
export type GateStore = {
  create(gate: Gate, entry: JournalEntry): Promise<'created' | 'name-taken'>
  byName(name: string): Promise<Gate | undefined>
  /** Ordered by name. */
  list(): Promise<Gate[]>
  change(name: string, change: GateChange, entry: JournalEntry): Promise<Gate | undefined>
  /** Returns the deleted gate. */
  delete(name: string, entry: JournalEntry): Promise<Gate | undefined>
}
export type GateChange = Partial<Pick<Gate, 'scopes' | 'profile' | 'preflights'> & { audience: string | null }>
