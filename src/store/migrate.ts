import { DatabaseProblem, type Engine } from './engine.ts'
import { initial } from './migrations/0001-initial.ts'
import { workspaces } from './migrations/0002-workspaces.ts'
import { insight } from './migrations/0003-statistics.ts'
import { httpRedirects } from './migrations/0004-http-redirects.ts'
import { epochs } from './migrations/0005-epochs.ts'
import { checkTimes } from './migrations/0006-check-times.ts'
import { flatLists } from './migrations/0007-flat-lists.ts'
import { views } from './migrations/0008-views.ts'
import { reviews } from './migrations/0009-reviews.ts'
import { attempts } from './migrations/0010-attempts.ts'
import { gates } from './migrations/0011-gates.ts'
import { clientUse } from './migrations/0012-client-use.ts'
import { familiarNetworks } from './migrations/0013-familiar-networks.ts'
import { logIncarnation } from './migrations/0014-log-incarnation.ts'
import { foreignPasswords } from './migrations/0015-foreign-passwords.ts'
import { kinds } from './migrations/0016-kinds.ts'
import { usageOfOwners } from './migrations/0017-usage-of-owners.ts'
import { authenticators } from './migrations/0018-authenticators.ts'
import { rollingExp } from './migrations/0019-rolling-exp.ts'
import { statements } from './migrations/0020-statements.ts'
import { disabledCredentials } from './migrations/0021-disabled-credentials.ts'
import { grantUse } from './migrations/0022-grant-use.ts'
import { clientMetadata } from './migrations/0023-client-metadata.ts'
import { sortedLists } from './migrations/0024-sorted-lists.ts'
import { openid } from './migrations/0025-openid.ts'
import { tokensIssued } from './migrations/0025-tokens-issued.ts'
import { registrations } from './migrations/0026-registrations.ts'
import { clientDocuments } from './migrations/0027-client-documents.ts'
import { keyConsent } from './migrations/0028-key-consent.ts'
import { logoutNotices } from './migrations/0029-logout-notices.ts'
import { commandLineDevice } from './migrations/0030-command-line-device.ts'
import { documentEtags } from './migrations/0031-document-etags.ts'

/** All migrations, in order. A released migration never changes. */
export const MIGRATIONS = [
  initial,
  workspaces,
  insight,
  httpRedirects,
  epochs,
  checkTimes,
  flatLists,
  views,
  reviews,
  attempts,
  gates,
  clientUse,
  familiarNetworks,
  logIncarnation,
  foreignPasswords,
  kinds,
  usageOfOwners,
  authenticators,
  rollingExp,
  statements,
  disabledCredentials,
  grantUse,
  clientMetadata,
  sortedLists,
  tokensIssued,
  openid,
  registrations,
  clientDocuments,
  keyConsent,
  logoutNotices,
  commandLineDevice,
  documentEtags,
] as const

/** Migrates the schema to the latest state, or to an earlier one for tests. One process migrates while the others wait. If the process is killed, the database is unchanged. */
export async function migrate(engine: Engine, upTo: number = MIGRATIONS.length): Promise<string[]> {
  const ran: string[] = []
  await engine.exclusively(async tx => {
    await tx.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('name', 'text', c => c.primaryKey())
      .addColumn('at', 'bigint', c => c.notNull())
      .execute()
    const done = new Set((await tx.selectFrom('migrations').select('name').execute()).map(row => row.name))
    refuseNewer(done)
    for (const migration of MIGRATIONS.slice(0, upTo).filter(({ name }) => !done.has(name))) {
      await migration.up(tx as never, engine.name)
      await tx.insertInto('migrations').values({ name: migration.name, at: Date.now() }).execute()
      ran.push(migration.name)
    }
  })
  return ran
}

/** Names of migrations that the database does not have yet. */
export async function pendingMigrations(engine: Engine): Promise<string[]> {
  const tables = await engine.db.introspection.getTables()
  if (!tables.some(table => table.name === 'migrations')) return MIGRATIONS.map(({ name }) => name)
  const done = new Set((await engine.db.selectFrom('migrations').select('name').execute()).map(row => row.name))
  refuseNewer(done)
  return MIGRATIONS.map(({ name }) => name).filter(name => !done.has(name))
}

/** True if no migration ever ran. */
export const isEmpty = async (engine: Engine): Promise<boolean> =>
  (await pendingMigrations(engine)).length === MIGRATIONS.length

function refuseNewer(done: ReadonlySet<string>): void {
  const known = new Set<string>(MIGRATIONS.map(({ name }) => name))
  const strange = [...done].filter(name => !known.has(name))
  if (strange.length > 0) {
    throw new DatabaseProblem(
      `The database was upgraded by a newer Claviger (${strange.join(', ')}). Start that version, or restore an older backup.`,
    )
  }
}
