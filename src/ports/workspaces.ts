import type { JournalEntry } from '../model/journal.ts'
import type { NewUser, User } from '../model/user.ts'
import type { SeatRole, Seats, Workspace, WorkspaceItem } from '../model/workspace.ts'

/** Places that users share. Unique keys decide between two who ask at once; a change that fails leaves nothing behind. */
export type WorkspaceStore = {
  /** Makes a user together with their place: a workspace they found, or a seat in one that exists. */
  register(
    user: NewUser,
    place: { founds: Workspace } | { joins: string },
    entry: JournalEntry,
  ): Promise<User | 'name-taken' | 'workspace-name-taken' | 'workspace-unknown'>
  byName(name: string): Promise<Workspace | undefined>
  /** What the user belongs to, oldest first. */
  seatsOf(userId: string): Promise<Seats>
  /** What this user is in that workspace or model. */
  roleIn(placeId: string, userId: string): Promise<SeatRole | undefined>
  /** Makes a model with its first administrator. */
  addItem(
    model: WorkspaceItem,
    adminId: string,
    entry: JournalEntry,
  ): Promise<'added' | 'workspace-unknown' | 'user-unknown'>
}
