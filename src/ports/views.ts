import type { JournalEntry } from '../model/journal.ts'
import type { SavedView } from '../model/saved-view.ts'

/** What people keep for themselves: lists with their filters, under names of their own. */
export type ViewStore = {
  ofUser(userId: string): Promise<SavedView[]>
  /** Under a name that is taken it replaces what was there. */
  put(userId: string, view: SavedView, most: number, entry: JournalEntry): Promise<'kept' | 'too-many'>
  delete(userId: string, name: string, entry: JournalEntry): Promise<boolean>
}
