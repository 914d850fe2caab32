import { hasAdmin } from '../../core/sign-in/has-admin.ts'
import { type SigningAlgorithm, STANDARD_ALGORITHMS } from '../../model/credentials/signing-algorithm.ts'
import { DAY } from '../../model/span.ts'
import { examineEngine } from '../../store/examine.ts'
import { pendingMigrations } from '../../store/migrate.ts'
import type { Installation } from '../compose.ts'
import { type Finding, not, ok } from './finding.ts'

const SLOW_MILLISECONDS = 250
const OLD_KEY_DAYS = 365

export async function examineDatabase({ engine }: Installation): Promise<Finding[]> {
  const { version, integrity, writeMilliseconds } = await examineEngine(engine)
  const pending = await pendingMigrations(engine)
  const took = `a durable write takes ${writeMilliseconds.toFixed(0)} ms`
  return [
    integrity === 'ok'
      ? ok('database', 'integrity', version)
      : not('fail', 'database', 'integrity', `${version}: ${integrity}`, 'Restore a backup.'),
    writeMilliseconds > SLOW_MILLISECONDS
      ? not('warn', 'database', 'speed', took, 'Use a faster disk, or find out what else uses it.')
      : ok('database', 'speed', took),
    pending.length === 0
      ? ok('database', 'schema', 'up to date')
      : not('fail', 'database', 'schema', `needs ${pending.join(', ')}`, 'claviger migrate up'),
  ]
}

/** The master key needs no check here: opening the installation has verified it. */
export async function examineKeys({ world }: Installation): Promise<Finding[]> {
  const signing = (await world.signingKeys.list()).filter(key => key.retiredAt === undefined)
  const lacking = STANDARD_ALGORITHMS.filter(one => !signing.some(({ algorithm }) => algorithm === one))
  return [
    ok('keys', 'master key', 'fits this database'),
    world.statements.inUse()
      ? ok('keys', 'access tokens', 'short-lived ones carry their own record')
      : not('warn', 'keys', 'access tokens', 'each has a row, as in the version before', FINISH),
    ...lacking.map(one => not('fail', 'keys', 'signing key', `there is none for ${one}`, rotation(one))),
    ...signing.map(({ id, algorithm, createdAt }) => {
      const days = Math.floor((world.now() - createdAt) / DAY)
      const shown = `${algorithm} ${id}, ${days} days old`
      return days > OLD_KEY_DAYS
        ? not('warn', 'keys', 'signing key', shown, rotation(algorithm))
        : ok('keys', 'signing key', shown)
    }),
  ]
}

const FINISH = 'When every server process runs this version: claviger upgrade finish'
const rotation = (algorithm: SigningAlgorithm): string => `claviger signing-key rotate --alg ${algorithm}`

export async function examinePeople({ world }: Installation): Promise<Finding[]> {
  return [
    (await hasAdmin(world))
      ? ok('people', 'admin', 'there is one')
      : not('warn', 'people', 'admin', 'nobody can sign in to the console', 'claviger setup-link'),
  ]
}

/**
 * Compares the clock with the newest entry of the journal. If the clock ran ahead and was set back, credentials issued
 * meanwhile expire too late.
 */
export async function examineClock({ world }: Installation): Promise<Finding[]> {
  const [latest] = (await world.journal.list({}, { limit: 1 })).items
  const ahead = latest ? latest.at - world.now() : 0
  return [
    ahead > 60_000
      ? not(
          'fail',
          'clock',
          'time',
          `the journal is ${Math.round(ahead / 1000)} s ahead of this machine`,
          'Set the clock, and keep it right with NTP.',
        )
      : ok('clock', 'time', new Date(world.now()).toISOString()),
  ]
}
