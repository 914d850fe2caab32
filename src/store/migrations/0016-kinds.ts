import { type Kysely, sql } from 'kysely'

type Rows = { credentials: { kind: string; data: string | null } }

/**
 * Gives a password that waits for its second factor its own kind. Before, such a password shared the kind `interaction`
 * with authorization requests that wait for a user. The server no longer stores such requests; users of requests that
 * were waiting must start again.
 */
export const kinds = {
  name: '0016-kinds',
  async up(db: Kysely<unknown>): Promise<void> {
    const tx = db as Kysely<Rows>
    await tx
      .updateTable('credentials')
      .set({ kind: 'pending-sign-in' })
      .where('kind', '=', 'interaction')
      .where('data', 'like', '%"note":"awaits one-time code"%')
      .execute()
    await tx.deleteFrom('credentials').where('kind', '=', 'interaction').execute()
    await db.schema
      .createIndex('pending_sign_ins_by_expires_at')
      .on('credentials')
      .column('expires_at')
      .where('kind' as never, '=', sql.lit('pending-sign-in') as never)
      .execute()
  },
}
