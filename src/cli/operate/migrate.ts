import { requireInstallation } from '../../server/settings/find-installation.ts'
import { migrate as bringUpToDate, pendingMigrations } from '../../store/migrate.ts'
import { record } from '../output/answer.ts'
import { EXIT } from '../output/exit-codes.ts'
import type { Call, Noun } from '../program/command.ts'

export const migrate: Noun = {
  verbs: [
    {
      at: 'status',
      about: 'List the migrations that the schema still needs; exit code 10 if there are any',
      examples: ['claviger migrate status'],
      onlyHere: 'it works on the database itself',
      run: call =>
        withEngine(call, async engine => {
          const pending = await pendingMigrations(engine)
          return record(
            { engine: engine.name, pending, current: pending.length === 0 },
            pending.length === 0 ? {} : { exit: EXIT.data, next: 'claviger migrate up' },
          )
        }),
    },
    {
      at: 'up',
      about: 'Apply the pending migrations; can run in several processes at once',
      examples: ['claviger migrate up'],
      onlyHere: 'it works on the database itself',
      run: call =>
        withEngine(call, async engine => record({ engine: engine.name, applied: await bringUpToDate(engine) })),
    },
  ],
}

/** Opens the database without migrating it. */
async function withEngine<T>(
  call: Call,
  work: (engine: Awaited<ReturnType<typeof import('../../server/compose.ts').openEngine>>) => Promise<T>,
): Promise<T> {
  const { openEngine } = await import('../../server/compose.ts')
  const config = call.config()
  requireInstallation(config)
  const engine = await openEngine(config)
  try {
    return await work(engine)
  } finally {
    await engine.close()
  }
}
