import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose } from '../../src/server/compose.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import './disk.ts'
import './key-pairs.ts'
import { newDatabase } from './new-database.ts'

export const BINARY = join(import.meta.dirname, '..', '..', 'bin', 'claviger')

/** A command that has not ended by then hangs, and is killed, in milliseconds. */
const PATIENCE = 120_000

export type Outcome = { code: number; stdout: string; stderr: string; json: Record<string, unknown> }
export type Manner = { input?: string | Uint8Array; env?: Record<string, string>; cwd?: string; binary?: string }

/** Runs the real command in a process of its own, with nothing of this one's settings. */
export async function command(words: readonly string[], manner: Manner = {}): Promise<Outcome> {
  const child = launch(words, manner, PATIENCE)
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)]
  child.stdin?.end(manner.input ?? '')
  const [code] = (await once(child, 'close')) as [number | null]
  return outcomeOf({ code: code ?? -1, stdout: stdout(), stderr: stderr() })
}

export const outcomeOf = (said: Omit<Outcome, 'json'>): Outcome => ({
  ...said,
  get json() {
    return JSON.parse(said.stdout) as Record<string, unknown>
  },
})

export type Started = {
  url: string
  child: ChildProcess
  stdout(): string
  stderr(): string
  /** Sends a signal and waits for the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts the real server on a free port; resolves when it says where it listens. */
export async function startCommand(words: readonly string[] = [], manner: Manner = {}): Promise<Started> {
  const child = launch(['start', '--port', '0', ...words], manner)
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)]
  const closed = once(child, 'close')
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = /listens on (http:\S+)/.exec(stdout())?.[1]
      if (found) resolve(found)
    })
    closed.then(() => reject(new Error(`it did not start: ${stderr()}`)), reject)
    const hangs = setTimeout(() => child.kill('SIGKILL'), PATIENCE)
    child.stdout?.once('data', () => clearTimeout(hangs))
    child.once('close', () => clearTimeout(hangs))
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    const [code] = (await closed) as [number | null]
    return code
  }
  return { url, child, stdout, stderr, stop, [Symbol.asyncDispose]: async () => void (await stop('SIGKILL')) }
}

/** An empty folder that is gone when the test ends (`await using`). */
export async function emptyFolder() {
  const path = await mkdtemp(join(tmpdir(), 'claviger-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** A folder with an installation as the first start makes it. */
export async function installationFolder() {
  const folder = await emptyFolder()
  await newDatabase(folder.path)
  await makeInstallation(folder.path)
  return folder
}

export async function makeInstallation(dataDir: string, env: Record<string, string> = {}): Promise<void> {
  await (await compose(readConfig({ ...env, CLAVIGER_DATA_DIR: dataDir }))).close()
}

/** Nothing of this process's settings; and no command of a test reads or writes the sign-ins of the person who runs it. */
export function environmentOf({ env }: { env?: Record<string, string> | undefined }): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CLAVIGER_'))
  return { ...Object.fromEntries(own), XDG_CONFIG_HOME: join(tmpdir(), 'claviger-no-contexts'), ...env } as Record<
    string,
    string
  >
}

/** Starts a command and leaves it running; whoever starts it ends it. */
export function launch(
  words: readonly string[],
  { env, cwd, binary = BINARY }: Manner,
  patience?: number,
): ChildProcess {
  return spawn(process.execPath, [binary, ...words], {
    env: environmentOf({ env }),
    stdio: 'pipe',
    ...(patience !== undefined && { timeout: patience, killSignal: 'SIGKILL' as const }),
    ...(cwd && { cwd }),
  })
}

function gather(stream: NodeJS.ReadableStream | null): () => string {
  let text = ''
  stream?.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  return () => text
}
