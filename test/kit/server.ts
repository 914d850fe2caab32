import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { openThrottle } from '../../src/core/services/throttle.ts'
import { openLog } from '../../src/server/operate/log.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { type Running, startServer } from '../../src/server/start.ts'
import './disk.ts'
import './key-pairs.ts'
import { newDatabase } from './new-database.ts'

export type TestServer = Running & {
  dataDir: string
  /** Stops it and starts another over the same database. */
  restart(): Promise<TestServer>
  [Symbol.asyncDispose](): Promise<void>
}

/** A real server on a free port over a database of its own, gone when the test ends (`await using`). What it logs goes to `lines`. */
export async function testServer(settings: Record<string, string> = {}, lines?: string[]): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'claviger-'))
  await newDatabase(dataDir)
  return openServer(dataDir, settings, lines)
}

/** One more server over the same database, as another process would be. */
export async function anotherServer({ dataDir }: TestServer, settings: Record<string, string> = {}): Promise<Running> {
  return startServer(configFor(dataDir, settings), { log: pino({ level: 'silent' }) })
}

/**
 * Limits whose clock stands still: what was used up does not come back while a slow machine is still asking. For servers
 * with `CLAVIGER_LIMITS` on.
 */
export function stopClockOfLimits({ world, installation }: Pick<Running, 'world' | 'installation'>): void {
  installation.engine.clock = () => sql<number>`0`
  world.throttle = openThrottle(() => 0, true, world.attempts)
}

async function openServer(dataDir: string, settings: Record<string, string>, lines?: string[]): Promise<TestServer> {
  const running = await startServer(configFor(dataDir, settings), {
    log: lines ? openLog('trace', { write: line => lines.push(line) }) : pino({ level: 'silent' }),
  })
  const stop = async () => {
    await running.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  const restart = async () => {
    await running.stop()
    return openServer(dataDir, settings, lines)
  }
  return { ...running, stop, dataDir, restart, [Symbol.asyncDispose]: stop }
}

const configFor = (dataDir: string, settings: Record<string, string>) =>
  readConfig({ CLAVIGER_DATA_DIR: dataDir, CLAVIGER_PORT: '0', CLAVIGER_LIMITS: 'off', ...settings })
