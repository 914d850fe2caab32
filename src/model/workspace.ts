/** A place that several users share. Its name is unique; its id is 24 hex digits. */
export type Workspace = { id: string; name: string; createdAt: number }

/** Something made inside a workspace, with its own circle of users. */
export type WorkspaceItem = { id: string; workspaceId: string; name: string; createdAt: number }

/** What a user is in a workspace or a model. */
export type SeatRole = 'admin' | 'member'

/** Everything a user belongs to. */
export type Seats = {
  workspaces: (Workspace & { role: SeatRole })[]
  models: (WorkspaceItem & { role: SeatRole })[]
}
