import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Offer } from './ask.ts'

/** A server under test, in a process of its own and, where the system can do it, on a core of its own. */
export type Subject = Offer & {
  /** Milliseconds from the start of the process to its offer. */
  readyAfter: number
  /** Resident memory in MB. */
  memory(): number
  /** Processor time used so far, by all threads. */
  cpuSeconds(): number
  stop(): Promise<void>
}

export const PINNED = spawnSync('taskset', ['-V']).status === 0 && availableParallelism() > 1
const SERVER_CORE = '0'
export const LOAD_CORE = '1'

/** The runtime of the informative row; `undefined` where it cannot run. */
export const BUN = spawnSync('bun', ['--version'], { encoding: 'utf8' }).stdout?.trim() || undefined

export function startSubject(name: string, parameters: string[] = [], nodeFlags: string[] = []): Promise<Subject> {
  const subject = join(import.meta.dirname, 'subjects', `${name}.ts`)
  const runtime = name.endsWith('-bun') ? 'bun' : process.execPath
  return startProgram(name, [runtime, '--conditions=source', ...nodeFlags, subject, ...parameters])
}

/** The product itself, as `npm start` runs it, on an empty directory. */
export function startProduct(): Promise<Subject> {
  const dataDir = mkdtempSync(join(tmpdir(), 'claviger-bench-'))
  const program = join(import.meta.dirname, '..', 'bin', 'claviger')
  return startProgram('claviger', [process.execPath, program, 'start', '--json', '--port', '0', '--data-dir', dataDir])
}

async function startProgram(name: string, command: string[]): Promise<Subject> {
  const [program, ...rest] = [...(PINNED ? ['taskset', '-c', SERVER_CORE] : []), ...command]
  const started = performance.now()
  const child = spawn(program as string, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  const offer = JSON.parse(await firstLine(child, name)) as Offer
  return {
    ...offer,
    readyAfter: performance.now() - started,
    cpuSeconds: () => cpuSeconds(child.pid as number),
    memory: () => residentMegabytes(child.pid as number),
    async stop() {
      if (child.exitCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 5000)
      await gone
      clearTimeout(late)
    },
  }
}

function firstLine(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', chunk => {
      text += chunk
      const line = text.split('\n').find(one => one.startsWith('{"url"'))
      if (line && text.includes(`${line}\n`)) resolve(line)
    })
    child.on('exit', code => reject(new Error(`${name} ended with ${code} before it was ready`)))
  })
}

/** From /proc/PID/stat, in ticks of a hundredth of a second (proc_pid_stat(5)). */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

function residentMegabytes(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Math.round(Number(match?.[1] ?? Number.NaN) / 1024)
}
