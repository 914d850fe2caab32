/** A place that several users share. Its name is unique; its id is 24 hex digits. */
export type Workspace = { id: string; name: string; createdAt: number }

/** A thing inside a workspace, with its own members. */
export type WorkspaceItem = { id: string; workspaceId: string; name: string; createdAt: number }

/** The role of a user in a workspace or a model. */
export type SeatRole = 'admin' | 'member'

/** All memberships of a user. */
export type Seats = {
  workspaces: (Workspace & { role: SeatRole })[]
  models: (WorkspaceItem & { role: SeatRole })[]
}
