import type { Gate } from '../model/gate.ts'
import type { JournalEntry } from '../model/journal.ts'

/** What proxies ask for, by name. A change or an end is a line in the revocation log: what was cached is forgotten. */
export type GateStore = {
  create(gate: Gate, entry: JournalEntry): Promise<'created' | 'name-taken'>
  byName(name: string): Promise<Gate | undefined>
  /** In the order of their names. */
  list(): Promise<Gate[]>
  change(name: string, change: GateChange, entry: JournalEntry): Promise<Gate | undefined>
  /** Returns what was deleted. */
  delete(name: string, entry: JournalEntry): Promise<Gate | undefined>
}
export type GateChange = Partial<Pick<Gate, 'scopes' | 'profile' | 'preflights'> & { audience: string | null }>
