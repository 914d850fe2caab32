import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Config, ConfigProblem } from './config.ts'
import { CONFIG_FILE } from './config-file.ts'
import { DATABASE_FILE, KEY_FILE, refuseLostDatabase } from './master-key.ts'
import { SETTINGS } from './settings.ts'

const STANDARD_DIR = SETTINGS.dataDir.standard
const NAME_THE_PLACE =
  'Name the place with --data-dir or CLAVIGER_DATA_DIR (CLAVIGER_DATABASE_URL for PostgreSQL), or make a new installation with: claviger start'

/** `master.key` alone counts: with PostgreSQL there is no database file. */
const holdsInstallation = (dataDir: string): boolean =>
  [DATABASE_FILE, KEY_FILE].some(name => existsSync(join(dataDir, name)))

/**
 * The project folder: from here upwards the first one with a configuration file or with data, as git finds its own.
 * Above this folder only what belongs to this user counts: in a shared parent others could leave a database to be filled.
 */
export function projectFolder(here: string): string {
  for (const folder of [here, ...parentsOf(here)]) {
    const dataDir = join(folder, STANDARD_DIR)
    const mark = holdsInstallation(dataDir) ? dataDir : join(folder, CONFIG_FILE)
    if (existsSync(mark) && (folder === here || isOwn(mark))) return folder
  }
  return here
}

/** A data directory with an installation in the default place of a folder above. */
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

/** The file of an embedded database; none with PostgreSQL. */
export function databaseFile({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): string | undefined {
  if (databaseUrl === undefined) return resolve(dataDir, DATABASE_FILE)
  return databaseUrl.startsWith('sqlite:') ? resolve(databaseUrl.slice('sqlite:'.length)) : undefined
}

export function isMissing(config: Pick<Config, 'databaseUrl' | 'dataDir'>): boolean {
  const file = databaseFile(config)
  return file !== undefined && !existsSync(file)
}

/** Was the place of the installation named, by a flag, a variable or the configuration file? */
export const isNamed = ({ databaseUrl, origins }: Config): boolean =>
  databaseUrl !== undefined || origins.dataDir !== 'default'

/** In the default place only `start` makes an installation: every other command in a wrong folder would make a second, empty one. */
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

/** What a start says when there is another installation near: that it uses that one, or that it is a second one. Ask before it is made. */
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
