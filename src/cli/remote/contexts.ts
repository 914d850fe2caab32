import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { ConfigProblem } from '../../server/config.ts'

/*
 * The servers this person works with, in a file of their own (mode 0600). Every change is made under a lock and replaces
 * the file as a whole, so that two commands at once lose nothing and a reader never sees half of it.
 */

/** `token` was given; `access` and `refresh` came of a sign-in. */
export type Context = {
  url: string
  /** Whose it is, for people. */
  who?: string
  token?: string
  access?: { token: string; expiresAt: number }
  refresh?: string
}
export type Contexts = { current?: string; contexts: Record<string, Context> }

const LOCK_STALE_MILLISECONDS = 60_000
const LOCK_POLL_MILLISECONDS = 25

/** XDG Base Directory Specification; a relative path there counts for nothing. */
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

/** Reads, changes and writes while no other command does. What `change` returns is returned. */
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

/** A folder is made by one only. One that a killed command left behind counts no more after a minute. */
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
