import type { JournalEntry } from '../model/journal.ts'
import type { NewUser, User } from '../model/users/user.ts'
import type { SeatRole, Seats, Workspace, WorkspaceItem } from '../model/users/workspace.ts'

/** Workspaces. Unique keys decide between parallel calls; a failed change stores nothing. */
export type WorkspaceStore = {
  /** Creates a user together with a new workspace, or with a seat in an existing one. */
  register(
    user: NewUser,
    place: { founds: Workspace } | { joins: string },
    entry: JournalEntry,
  ): Promise<User | 'name-taken' | 'workspace-name-taken' | 'workspace-unknown'>
  byName(name: string): Promise<Workspace | undefined>
  /** The memberships of the user, oldest first. */
  seatsOf(userId: string): Promise<Seats>
  /** The role of this user in that workspace or model. */
  roleIn(placeId: string, userId: string): Promise<SeatRole | undefined>
  /** Creates a model with its first administrator. */
  addItem(
    model: WorkspaceItem,
    adminId: string,
    entry: JournalEntry,
  ): Promise<'added' | 'workspace-unknown' | 'user-unknown'>
}
