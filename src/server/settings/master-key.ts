import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { openVault, type Vault } from '../../crypto/vault.ts'
import type { Stores } from '../../ports/stores.ts'
import { DatabaseProblem } from '../../store/engine.ts'
import { type Config, ConfigProblem } from './config.ts'

const LEAST_LENGTH = 32
export const KEY_FILE = 'master.key'
export const DATABASE_FILE = 'claviger.db'

/** Makes the data directory, accessible only to the user who runs the server. */
export function prepareDataDir(config: Pick<Config, 'dataDir'>): string {
  try {
    makeFolder(resolve(config.dataDir))
    accessSync(config.dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    return config.dataDir
  } catch (error) {
    throw new ConfigProblem([
      `The data directory ${config.dataDir} cannot be used (${(error as NodeJS.ErrnoException).code}). Choose another with CLAVIGER_DATA_DIR, or give this user the right to write there.`,
    ])
  }
}

/**
 * Makes one folder after the other: the recursive mkdir of Node.js 24 never returns on a file system that answers ENOENT
 * (/proc).
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Refuses a key without its database. The database was lost or moved, and a new, empty one would hide the loss. */
export function refuseLostDatabase({ dataDir }: Pick<Config, 'dataDir'>): void {
  const path = join(dataDir, DATABASE_FILE)
  const holdsData = (file: string) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0
  if (!existsSync(join(dataDir, KEY_FILE)) || holdsData(path) || holdsData(`${path}-wal`)) return
  throw new DatabaseProblem(
    `The database ${path} is missing or empty, but its master key is there. Put the database back; or, to start anew, move ${join(dataDir, KEY_FILE)} away.`,
  )
}

/** Reads the master key from the setting or from its file. Makes the file for a new database only. */
export function readMasterKey(config: Pick<Config, 'masterKey' | 'dataDir'>, databaseIs: 'new' | 'old'): Buffer {
  if (config.masterKey !== undefined) return longEnough(config.masterKey, 'CLAVIGER_MASTER_KEY')
  const path = join(databaseIs === 'new' ? prepareDataDir(config) : config.dataDir, KEY_FILE)
  if (!existsSync(path)) {
    if (databaseIs === 'old')
      throw new ConfigProblem([
        `The master key is missing: ${path} is not there and CLAVIGER_MASTER_KEY is not set, but this database was made with one. Put that key back; nothing was changed.`,
      ])
    writeNewKey(path)
  }
  try {
    chmodSync(path, 0o600)
    return longEnough(readFileSync(path, 'utf8').trim(), path)
  } catch (error) {
    if (error instanceof ConfigProblem) throw error
    throw new ConfigProblem([
      `The master key ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Give this user the right to read it.`,
    ])
  }
}

function longEnough(key: string, place: string): Buffer {
  if (key.length >= LEAST_LENGTH) return Buffer.from(key)
  throw new ConfigProblem([
    `The master key in ${place} is shorter than ${LEAST_LENGTH} characters. Make one with: openssl rand -base64 48`,
  ])
}

/** Writes and flushes the whole key before it is used. If several processes start at once, the first link wins. */
function writeNewKey(path: string): void {
  const draft = `${path}.${process.pid}`
  try {
    const file = openSync(draft, 'wx', 0o600)
    writeSync(file, `${randomBytes(48).toString('base64')}\n`)
    fsyncSync(file)
    closeSync(file)
    linkSync(draft, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST')
      throw new ConfigProblem([
        `The master key cannot be written to ${path} (${code}). Give this user the right to write there, or set CLAVIGER_MASTER_KEY.`,
      ])
  } finally {
    rmSync(draft, { force: true })
  }
}

const NO_KEY_YET = 'This database has its tables, but no server was started on it yet. Run first: claviger start'
const KEY_CHECK = 'master-key-check'

/** Refuses a wrong master key, with which every credential would be unknown and every sealed secret unreadable. */
export async function openCheckedVault(
  config: Config,
  stores: Pick<Stores, 'settings'>,
  onNone: 'make' | 'refuse',
): Promise<Vault> {
  const known = await stores.settings.get(KEY_CHECK)
  if (known === undefined && onNone === 'refuse') throw new ConfigProblem([NO_KEY_YET])
  const vault = openVault(readMasterKey(config, known === undefined ? 'new' : 'old'))
  const mark = vault.mac('key-check', 'claviger')
  if ((known ?? (await stores.settings.claim(KEY_CHECK, mark))) !== mark) {
    throw new ConfigProblem([
      'The master key is not the one this database was made with. Set CLAVIGER_MASTER_KEY to that one, or put its file back as master.key in the data directory; nothing was changed.',
    ])
  }
  return vault
}
