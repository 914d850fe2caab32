import type { Logger } from 'pino'
import { originOf } from './addresses.ts'
import { readConfig } from './config.ts'
import { type Opened, openServer } from './open-server.ts'
import type { SettingName } from './settings.ts'

/**
 * A whole Claviger inside another program: behind an address of its own, or mounted in the server that is there already.
 * An API that guards itself checks in this process, without a call: `guard({ server })` of `claviger/guard`.
 *
 * ```ts
 * const claviger = await createServer({ settings: { dataDir: './data', url: 'https://id.example.com' } })
 * app.use(claviger.node) // Express; the routes of your own come before it, and readers of bodies after it
 * app.all('*', c => claviger.fetch(c.req.raw)) // Hono
 * export const GET = claviger.fetch // Next: app/[[...all]]/route.ts; POST, PUT, PATCH, DELETE and OPTIONS alike
 * await claviger.listen() // or none of these: at an address of its own
 * await claviger.close()
 * ```
 *
 * Settings are those of docs/configuration.md by name, as text. The environment counts only if it is passed. Where a port
 * is set, it listens at once.
 *
 * @throws ConfigProblem with every problem at once, DatabaseProblem when the database cannot be used
 */
export async function createServer({
  settings = {},
  environment = {},
  log,
}: ServerOptions = {}): Promise<ClavigerServer> {
  const config = readConfig(environment, settings)
  const { world, fetch, node, listen, close, check, onChange } = await openServer(config, log ? { log } : {})
  let url = config.url ?? originOf(config.host, config.port)
  const server: ClavigerServer = {
    fetch,
    node,
    async listen() {
      url = await listen()
      return url
    },
    close,
    stop: close,
    get url() {
      return url
    },
    get issuer() {
      return world.rules.issuer
    },
    check,
    onChange,
  }
  if (config.origins.port !== 'default') await server.listen()
  return server
}

export type ServerOptions = {
  settings?: Partial<Record<SettingName, string>>
  /** For example `process.env`. */
  environment?: NodeJS.ProcessEnv
  log?: Logger
}

/**
 * `fetch` and `node` answer requests that another server received; `fetch` takes `{ peer }` as its second parameter, the
 * address at the other end of the connection, without which all callers count as one for the limits.
 */
export type ClavigerServer = Pick<Opened, 'fetch' | 'node' | 'listen' | 'close' | 'check' | 'onChange'> & {
  /** Where it listens, as in `http://127.0.0.1:8420`; the address that was set, as long as it does not. */
  readonly url: string
  readonly issuer: string
  /** The same as `close`. */
  stop(): Promise<void>
}

export { DatabaseProblem } from '../store/engine.ts'
export { ConfigProblem } from './config.ts'
