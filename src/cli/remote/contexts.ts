import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { ConfigProblem } from '../../server/settings/config.ts'

/*
 * The known servers of this person, in a file with mode 0600. A change holds a lock and replaces the whole file, so
 * concurrent commands lose no change and readers never see a partial file.
 */

/** `token` was given by the person; `access` and `refresh` come from a sign-in. */
export type Context = {
  url: string
  /** The name of the token's owner, for people. */
  who?: string
  token?: string
  access?: { token: string; expiresAt: number }
  refresh?: string
}
export type Contexts = { current?: string; contexts: Record<string, Context> }

const LOCK_STALE_MILLISECONDS = 60_000
const LOCK_POLL_MILLISECONDS = 25

/** The folder by the XDG Base Directory Specification. Ignores a relative path in its variables. */
export function contextsFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { XDG_CONFIG_HOME: home, APPDATA } = environment
  if (home?.startsWith('/')) return join(home, 'claviger')
  if (process.platform === 'win32' && APPDATA) return join(APPDATA, 'claviger')
  return join(environment['HOME'] || homedir(), '.config', 'claviger')
}
const fileIn = (folder: string): string => join(folder, 'contexts.json')

export function readContexts(folder = contextsFolder()): Contexts {
  let text: string
  try {
    text = readFileSync(fileIn(folder), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { contexts: {} }
    throw new ConfigProblem([`${fileIn(folder)} cannot be read (${(error as NodeJS.ErrnoException).code}).`])
  }
  try {
    const read = JSON.parse(text) as Contexts
    if (typeof read.contexts === 'object' && read.contexts !== null) return read
  } catch {}
  throw new ConfigProblem([
    `${fileIn(folder)} is not a list of contexts. Remove the file and sign in again: claviger login --url URL`,
  ])
}

/** Reads, changes and writes the contexts under the lock. Returns the result of `change`. */
export async function changeContexts<T>(
  change: (contexts: Contexts) => T | Promise<T>,
  folder = contextsFolder(),
): Promise<T> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = await lock(join(folder, 'contexts.lock'))
  try {
    const contexts = readContexts(folder)
    const before = JSON.stringify(contexts)
    const result = await change(contexts)
    if (JSON.stringify(contexts) !== before) replace(fileIn(folder), contexts)
    return result
  } finally {
    unlock()
  }
}

function replace(file: string, contexts: Contexts): void {
  const draft = `${file}.${randomUUID()}`
  try {
    writeFileSync(draft, `${JSON.stringify(contexts, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    chmodSync(draft, 0o600)
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/**
 * Locks by mkdir, which succeeds for one process only. A lock older than a minute, left by a killed command, is removed.
 */
async function lock(path: string): Promise<() => void> {
  for (;;) {
    try {
      mkdirSync(path, { mode: 0o700 })
      return () => rmSync(path, { recursive: true, force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
      if (age > LOCK_STALE_MILLISECONDS) rmSync(path, { recursive: true, force: true })
      else await setTimeout(LOCK_POLL_MILLISECONDS)
    }
  }
}
