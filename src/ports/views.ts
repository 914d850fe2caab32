import type { JournalEntry } from '../model/journal.ts'
import type { SavedView } from '../model/users/saved-view.ts'

/** Saved views: lists with their filters, which each user stores under names. */
export type ViewStore = {
  ofUser(userId: string): Promise<SavedView[]>
  /** Replaces the view if the name exists. */
  put(userId: string, view: SavedView, most: number, entry: JournalEntry): Promise<'kept' | 'too-many'>
  delete(userId: string, name: string, entry: JournalEntry): Promise<boolean>
}
