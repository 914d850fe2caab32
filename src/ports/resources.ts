import type { NewClient, ResourceServer, ScopeText } from '../model/clients/client.ts'
import type { Gate } from '../model/clients/gate.ts'
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

/** `null` clears a value. */
export type ResourceChange = Partial<Pick<ResourceServer, 'name' | 'scopes' | 'tokenFormat' | 'strictAudience'>> & {
  keyConsent?: boolean
  rollingExpSeconds?: number | null
}

export type ResourceStore = {
  create(resource: ResourceServer, client: NewClient, entry: JournalEntry): Promise<'created' | 'name-taken'>
  byAudience(audience: string): Promise<ResourceServer | undefined>
  byClient(clientId: string): Promise<ResourceServer | undefined>
  list(): Promise<ResourceServer[]>
  change(audience: string, change: ResourceChange, entry: JournalEntry): Promise<ResourceServer | undefined>
  delete(audience: string, entry: JournalEntry): Promise<boolean>
}

export type ScopeStore = {
  list(): Promise<ScopeText[]>
  put(scope: ScopeText, entry: JournalEntry): Promise<void>
  delete(scope: string, entry: JournalEntry): Promise<boolean>
}
