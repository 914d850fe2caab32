import type { Logger } from 'pino'
import { type Opened, openServer } from './open-server.ts'
import { originOf } from './settings/addresses.ts'
import { readConfig } from './settings/config.ts'
import type { SettingName } from './settings/settings.ts'

/**
 * Embeds a whole server in another program: at an address of its own, or mounted in an existing server. An API that guards
 * itself checks credentials in this process, without a request: `guard({ server })` of `claviger/guard`.
 *
 * ```ts
 * const claviger = await createServer({ settings: { dataDir: './data', url: 'https://id.example.com' } })
 * app.use(claviger.node) // Express: after your own routes, before body parsers
 * app.all('*', c => claviger.fetch(c.req.raw)) // Hono
 * export const GET = claviger.fetch // Next: app/[[...all]]/route.ts; also POST, PUT, PATCH, DELETE and OPTIONS
 * await claviger.listen() // or none of these: at an address of its own
 * await claviger.close()
 * ```
 *
 * `settings` are those of docs/configuration.md by name, as text. The environment is used only if it is passed. The
 * server listens at once if a port is set.
 *
 * @throws ConfigProblem with all problems, DatabaseProblem if the database cannot be used
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
 * `fetch` and `node` answer requests that another server received. The second parameter of `fetch`, `{ peer }`, is the
 * address of the other end of the connection; without it, limits count all callers as one.
 */
export type ClavigerServer = Pick<Opened, 'fetch' | 'node' | 'listen' | 'close' | 'check' | 'onChange'> & {
  /** The address that the server listens on (`http://127.0.0.1:8420`); before `listen`, the configured address. */
  readonly url: string
  readonly issuer: string
  /** The same as `close`. */
  stop(): Promise<void>
}

export { DatabaseProblem } from '../store/engine.ts'
export { ConfigProblem } from './settings/config.ts'
