import { startPostgres } from '../../test/kit/postgres.ts'

/* The same server with PostgreSQL behind it, on the same core: its own processor time is counted, not the database's. */

const postgres = await startPostgres()
process.env['CLAVIGER_DATABASE_URL'] = await postgres.database()
await import('./claviger.ts')
