import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Engine } from '../engine.ts'
import { MIGRATIONS, migrate } from '../migrate.ts'

const FOLDER = join(import.meta.dirname, 'fixtures')

/** Migrates an empty database to this migration and inserts rows that the version of that time wrote. */
export async function loadFixture(engine: Engine, name: string): Promise<void> {
  await migrate(engine, 1 + MIGRATIONS.findIndex(migration => migration.name === name))
  const fixture = readFileSync(join(FOLDER, `${name}.sql`), 'utf8')
  await engine.write(async tx => {
    for (const statement of fixture.split(/;\n/).filter(text => text.trim() !== ''))
      await sql.raw(statement).execute(tx)
  })
}

/** The master key and the secrets that belong to the rows of fixture 0010. They are valid nowhere else. */
export const HELD = JSON.parse(readFileSync(join(FOLDER, '0010-attempts.json'), 'utf8')) as Record<
  | 'masterKey'
  | 'verifier'
  | 'clientId'
  | 'clientSecret'
  | 'password'
  | 'handle'
  | 'userId'
  | 'code'
  | 'spentRefresh'
  | 'refreshedAccess'
  | 'refreshedRefresh'
  | 'jwt'
  | 'api-key'
  | 'application-token'
  | 'token-pair'
  | 'userToken'
  | 'invitation'
  | 'otpSecret'
  | 'sessionCookie'
  | 'pending'
  | 'halfCookie'
  | 'setUp',
  string
> & { at: number }
