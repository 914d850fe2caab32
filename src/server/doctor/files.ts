import { existsSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../settings/config.ts'
import { DATABASE_FILE, KEY_FILE } from '../settings/master-key.ts'
import { type Finding, not, ok } from './finding.ts'

/**
 * File systems over a network, by their statfs(2) type: locks and shared memory of a WAL database do not work on them.
 */
const NETWORK_FILE_SYSTEMS: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB2',
}
const LITTLE_SPACE = 500 * 1024 * 1024
const NO_SPACE = 50 * 1024 * 1024

/** Examines access rights of the files, and the disk. */
export function examineFiles({ dataDir, databaseUrl }: Config): Finding[] {
  if (!existsSync(dataDir))
    return [not('warn', 'files', 'data directory', `${dataDir} does not exist yet`, 'claviger start makes it.')]
  const embedded = !databaseUrl || databaseUrl.startsWith('sqlite:')
  const findings = [examineMode(dataDir, 'data directory', 0o700)]
  for (const name of [KEY_FILE, DATABASE_FILE])
    if (existsSync(join(dataDir, name))) findings.push(examineMode(join(dataDir, name), name, 0o600))
  const { type, bavail, bsize } = statfsSync(dataDir)
  const network = NETWORK_FILE_SYSTEMS[type]
  if (embedded && network)
    findings.push(
      not(
        'fail',
        'files',
        'file system',
        `${network}: a database here will be damaged`,
        'Move CLAVIGER_DATA_DIR to a local disk, or use PostgreSQL.',
      ),
    )
  const free = bavail * bsize
  const shown = `${Math.round(free / 1024 / 1024)} MB free`
  if (free < NO_SPACE)
    findings.push(not('fail', 'files', 'disk', shown, 'Make room; nothing can be issued on a full disk.'))
  else if (free < LITTLE_SPACE) findings.push(not('warn', 'files', 'disk', shown, 'Make room soon.'))
  else findings.push(ok('files', 'disk', shown))
  return findings
}

function examineMode(path: string, name: string, wanted: number): Finding {
  const mode = statSync(path).mode & 0o777
  const others = mode & ~wanted
  const shown = mode.toString(8).padStart(3, '0')
  return others === 0
    ? ok('files', name, `mode ${shown}`)
    : not(
        name === KEY_FILE ? 'fail' : 'warn',
        'files',
        name,
        `mode ${shown}: others on this machine may read it`,
        `chmod ${wanted.toString(8)} ${path}`,
      )
}
