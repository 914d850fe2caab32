import type { User } from '../../../model/users/user.ts'
import type { SeatRole, Workspace, WorkspaceItem } from '../../../model/users/workspace.ts'
import type { WorkspaceStore } from '../../../ports/workspaces.ts'
import type { Engine, Transaction } from '../../engine.ts'
import type { Tables } from '../../tables.ts'
import { record } from '../revocations.ts'
import { insertUser } from './user-names.ts'

export function workspaceStore({ db, write }: Engine): WorkspaceStore {
  return {
    register: (user, place, entry) =>
      write(async tx => {
        const stored = await insertUser(tx, user)
        if (stored === 'name-taken') throw new Undone('name-taken')
        const [placeId, role] =
          'founds' in place ? [await found(tx, place.founds), 'admin' as const] : [place.joins, 'member' as const]
        await seat(tx, 'workspace', placeId, stored, role)
        await record(tx, entry)
        return stored
      }).catch((error: unknown) => {
        if (error instanceof Undone) return error.why
        throw error
      }),

    byName: name =>
      db.selectFrom('workspaces').selectAll().where('name', '=', name).executeTakeFirst().then(toWorkspace),

    async seatsOf(userId) {
      const [workspaces, models] = await Promise.all([
        db
          .selectFrom('seats')
          .innerJoin('workspaces', 'workspaces.id', 'seats.place_id')
          .select(['workspaces.id', 'workspaces.name', 'workspaces.created_at', 'seats.role'])
          .where('seats.user_id', '=', userId)
          .orderBy('workspaces.created_at')
          .orderBy('workspaces.id')
          .execute(),
        db
          .selectFrom('seats')
          .innerJoin('models', 'models.id', 'seats.place_id')
          .select(['models.id', 'models.name', 'models.workspace_id', 'models.created_at', 'seats.role'])
          .where('seats.user_id', '=', userId)
          .orderBy('models.created_at')
          .orderBy('models.id')
          .execute(),
      ])
      return {
        workspaces: workspaces.map(row => ({ ...asWorkspace(row), role: row.role as SeatRole })),
        models: models.map(row => ({ ...asItem(row), role: row.role as SeatRole })),
      }
    },

    async roleIn(placeId, userId) {
      const row = await db
        .selectFrom('seats')
        .select('role')
        .where('place_id', '=', placeId)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return row?.role as SeatRole | undefined
    },

    addItem: (model, adminId, entry) =>
      write(async tx => {
        // Locks the user until the commit, so that a parallel deletion sees the seat.
        const held = tx
          .updateTable('users')
          .set(eb => ({ id: eb.ref('id') }))
          .where('id', '=', adminId)
        if ((await held.executeTakeFirst()).numUpdatedRows !== 1n) return 'user-unknown' as const
        const place = await tx
          .selectFrom('workspaces')
          .select('id')
          .where('id', '=', model.workspaceId)
          .executeTakeFirst()
        if (!place) return 'workspace-unknown' as const
        await tx
          .insertInto('models')
          .values({ id: model.id, workspace_id: model.workspaceId, name: model.name, created_at: model.createdAt })
          .execute()
        await seat(tx, 'model', model.id, { id: adminId, createdAt: model.createdAt }, 'admin')
        await record(tx, entry)
        return 'added' as const
      }),
  }
}

/** The error that rolls back the transaction; `why` is the result of the call. */
class Undone extends Error {
  readonly why: 'name-taken' | 'workspace-name-taken' | 'workspace-unknown'
  constructor(why: Undone['why']) {
    super(why)
    this.why = why
  }
}

async function found(tx: Transaction, workspace: Workspace): Promise<string> {
  const made = await tx
    .insertInto('workspaces')
    .values({ id: workspace.id, name: workspace.name, created_at: workspace.createdAt })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows !== 1n) throw new Undone('workspace-name-taken')
  return workspace.id
}

async function seat(
  tx: Transaction,
  place: 'workspace' | 'model',
  placeId: string,
  user: Pick<User, 'id' | 'createdAt'>,
  role: SeatRole,
): Promise<void> {
  if (place === 'workspace') {
    const there = await tx.selectFrom('workspaces').select('id').where('id', '=', placeId).executeTakeFirst()
    if (!there) throw new Undone('workspace-unknown')
  }
  await tx
    .insertInto('seats')
    .values({ place_id: placeId, user_id: user.id, place, role, created_at: user.createdAt })
    .execute()
}

const asWorkspace = (row: Tables['workspaces']): Workspace => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at,
})
const asItem = (row: Tables['models']): WorkspaceItem => ({
  id: row.id,
  workspaceId: row.workspace_id,
  name: row.name,
  createdAt: row.created_at,
})
const toWorkspace = (row: Tables['workspaces'] | undefined): Workspace | undefined => row && asWorkspace(row)
