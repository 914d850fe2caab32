import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openVault, type Vault } from '../crypto/vault.ts'
import type { Stores } from '../ports/stores.ts'
import { type Config, ConfigProblem } from './config.ts'

const LEAST_LENGTH = 32

/** The data directory, private to the user who runs the server. */
export function prepareDataDir(config: Pick<Config, 'dataDir'>): string {
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
    return config.dataDir
  } catch (error) {
    throw new ConfigProblem([
      `The data directory ${config.dataDir} cannot be made (${(error as NodeJS.ErrnoException).code}). Choose another with CLAVIGER_DATA_DIR, or give this user the right to write there.`,
    ])
  }
}

/** From the setting, or from a file in the data directory that is made at the first start. */
export function readMasterKey(config: Pick<Config, 'masterKey' | 'dataDir'>): Buffer {
  if (config.masterKey !== undefined) {
    if (config.masterKey.length < LEAST_LENGTH)
      throw new ConfigProblem([
        `CLAVIGER_MASTER_KEY is shorter than ${LEAST_LENGTH} characters. Make one with: openssl rand -base64 48`,
      ])
    return Buffer.from(config.masterKey)
  }
  const path = join(prepareDataDir(config), 'master.key')
  try {
    if (!existsSync(path)) writeFileSync(path, `${randomBytes(48).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST')
      throw new ConfigProblem([
        `The master key cannot be written to ${path} (${code}). Give this user the right to write there, or set CLAVIGER_MASTER_KEY.`,
      ])
  }
  try {
    chmodSync(path, 0o600)
    return Buffer.from(readFileSync(path, 'utf8').trim())
  } catch (error) {
    throw new ConfigProblem([
      `The master key ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Give this user the right to read it.`,
    ])
  }
}

/** A wrong key would make every credential unknown and every sealed secret unreadable; better not to start. */
export async function openCheckedVault(config: Config, stores: Pick<Stores, 'settings'>): Promise<Vault> {
  const vault = openVault(readMasterKey(config))
  const mark = vault.mac('key-check', 'claviger')
  if ((await stores.settings.claim('master-key-check', mark)) !== mark) {
    throw new ConfigProblem([
      'The master key is not the one this database was made with. Set CLAVIGER_MASTER_KEY to that one, or put its file back as master.key in the data directory; nothing was changed.',
    ])
  }
  return vault
}
