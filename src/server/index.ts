import type { Logger } from 'pino'
import { readConfig } from './config.ts'
import type { SettingName } from './settings.ts'
import { type Running, startServer } from './start.ts'

/**
 * A whole Claviger inside another program: for tests, for one-process deployments, and for an API that guards itself
 * (`guard({ server })` of `claviger/guard` checks in this process, without a call).
 *
 * ```ts
 * const claviger = await createServer({ settings: { dataDir: './data', port: '0' } })
 * await fetch(`${claviger.url}/livez`)
 * await claviger.stop()
 * ```
 *
 * Settings are those of docs/configuration.md by name, as text. The environment counts only if it is passed.
 *
 * @throws ConfigProblem with every problem at once, DatabaseProblem when the database cannot be used
 */
export async function createServer({
  settings = {},
  environment = {},
  log,
}: ServerOptions = {}): Promise<ClavigerServer> {
  const { url, check, onChange, world, stop } = await startServer(readConfig(environment, settings), log ? { log } : {})
  return { url, issuer: world.rules.issuer, check, onChange, stop }
}

export type ServerOptions = {
  settings?: Partial<Record<SettingName, string>>
  /** For example `process.env`. */
  environment?: NodeJS.ProcessEnv
  log?: Logger
}

export type ClavigerServer = Pick<Running, 'check' | 'onChange' | 'stop'> & {
  /** Where it listens, as in `http://127.0.0.1:8420`. */
  url: string
  issuer: string
}

export { DatabaseProblem } from '../store/engine.ts'
export { ConfigProblem } from './config.ts'
