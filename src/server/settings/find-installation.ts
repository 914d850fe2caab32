import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Config, ConfigProblem } from './config.ts'
import { CONFIG_FILE } from './config-file.ts'
import { DATABASE_FILE, KEY_FILE, refuseLostDatabase } from './master-key.ts'
import { SETTINGS } from './settings.ts'

const STANDARD_DIR = SETTINGS.dataDir.standard
const NAME_THE_PLACE =
  'Name the place with --data-dir or CLAVIGER_DATA_DIR (CLAVIGER_DATABASE_URL for PostgreSQL), or make a new installation with: claviger start'

/** `master.key` alone is sufficient, because an installation on PostgreSQL has no database file. */
const holdsInstallation = (dataDir: string): boolean =>
  [DATABASE_FILE, KEY_FILE].some(name => existsSync(join(dataDir, name)))

/**
 * Returns the nearest folder, from `here` upwards, with a configuration file or an installation; `here` if there is none.
 * Folders above `here` must be owned by this user: in a shared parent folder, another user could leave a database to
 * collect our secrets.
 */
export function projectFolder(here: string): string {
  for (const folder of [here, ...parentsOf(here)]) {
    const dataDir = join(folder, STANDARD_DIR)
    const mark = holdsInstallation(dataDir) ? dataDir : join(folder, CONFIG_FILE)
    if (existsSync(mark) && (folder === here || isOwn(mark))) return folder
  }
  return here
}

/** Returns the data directory of the nearest installation above `here`, at the default name. */
export function installationAbove(here: string): string | undefined {
  return parentsOf(here)
    .map(folder => join(folder, STANDARD_DIR))
    .find(dataDir => holdsInstallation(dataDir) && isOwn(dataDir))
}

function parentsOf(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [] : [above, ...parentsOf(above)]
}

const isOwn = (path: string): boolean => process.getuid === undefined || statSync(path).uid === process.getuid()

/** The path of the SQLite file; undefined with PostgreSQL. */
export function databaseFile({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): string | undefined {
  if (databaseUrl === undefined) return resolve(dataDir, DATABASE_FILE)
  return databaseUrl.startsWith('sqlite:') ? resolve(databaseUrl.slice('sqlite:'.length)) : undefined
}

export function isMissing(config: Pick<Config, 'databaseUrl' | 'dataDir'>): boolean {
  const file = databaseFile(config)
  return file !== undefined && !existsSync(file)
}

/** True if a flag, a variable or the configuration file names the place of the installation. */
export const isNamed = ({ databaseUrl, origins }: Config): boolean =>
  databaseUrl !== undefined || origins.dataDir !== 'default'

/** Only `start` makes an installation. Another command in a wrong folder would otherwise make a second, empty one. */
export function requireInstallation(config: Config): void {
  if (!isMissing(config)) return
  if (config.databaseUrl === undefined) refuseLostDatabase(config)
  const above = config.databaseUrl === undefined && config.origins.dataDir === 'default'
  throw new ConfigProblem([
    `There is no installation here: ${databaseFile(config)} does not exist${above ? ', and no folder above has one' : ''}. ${NAME_THE_PLACE}`,
  ])
}

export const emptyDatabase = (): ConfigProblem =>
  new ConfigProblem([`There is no installation in this database: it has no tables of Claviger. ${NAME_THE_PLACE}`])

/**
 * The notice of `start` if a folder above contains an installation: `start` uses that installation, or makes a second one. Must be
 * called before the new installation is made.
 */
export function noteBeside(config: Config, here = process.cwd()): string | undefined {
  const above = installationAbove(here)
  if (above === undefined || config.databaseUrl !== undefined) return undefined
  if (resolve(config.dataDir) === above)
    return config.origins.dataDir === 'default'
      ? `Uses the installation of a folder above: ${above}. For another one in this folder: --data-dir ${STANDARD_DIR}`
      : undefined
  return isMissing(config)
    ? `This is a new installation, in ${resolve(config.dataDir)}. A folder above has another one: ${above}`
    : undefined
}
