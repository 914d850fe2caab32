import type { Connection, RemoteOptions } from '../decide/options.ts'
import { isAddress, serverAddress } from '../decide/settings.ts'
import type { Checker } from './checker.ts'
import { setting } from './environment.ts'
import { connect } from './remote.ts'

/** A checker that returns its issuer, or throws an error that says why it cannot. */
type NamedChecker = Checker & { issuer: () => Promise<string> }

const CONNECTIONS = new Map<string, { checker: Checker; uses: number }>()

export function checkerFor(options: Connection): NamedChecker {
  if (options.server) return borrowed(options.server)
  const url = options.url ?? setting('CLAVIGER_URL')
  const clientId = options.clientId ?? setting('CLAVIGER_CLIENT_ID')
  const clientSecret = options.clientSecret ?? setting('CLAVIGER_CLIENT_SECRET')
  if (!url || !clientId || !clientSecret)
    throw new Error(
      'The guard does not know whom to ask. Give it { server }, or { url, clientId, clientSecret }, or set CLAVIGER_URL, CLAVIGER_CLIENT_ID and CLAVIGER_CLIENT_SECRET. Make them with: claviger api create',
    )
  if (!isAddress(url))
    throw new Error(
      'CLAVIGER_URL must be an address that begins with https:// or http://, without user, query and fragment.',
    )
  return shared({ ...options, url: serverAddress(url), clientId, clientSecret })
}

/** The guard does not close a checker that it did not open. */
const borrowed = (checker: Checker): NamedChecker => ({
  check: ask => checker.check(ask),
  // The issuer is read when it is needed: a server that takes a free port has no address before it listens.
  issuer: () => issuerOf(checker),
  ...(checker.onChange && { onChange: listener => checker.onChange?.(listener) ?? (() => {}) }),
})

async function issuerOf({ issuer }: Checker): Promise<string> {
  const known = typeof issuer === 'function' ? await issuer() : issuer
  if (known) return known
  throw new Error('the server of this guard names no issuer: set resourceDetails: { authorizationServers: [...] }')
}

/** The options whose values distinguish one connection from another. */
const SETTINGS = [
  'url',
  'clientId',
  'clientSecret',
  'cacheSeconds',
  'refusalSeconds',
  'feedLimitSeconds',
  'timeoutSeconds',
  'onUnavailable',
  'jwt',
  'onFeedLost',
  'usage',
] as const satisfies readonly (keyof RemoteOptions)[]

/** Guards of many routes share one connection with one cache and one feed. The last guard that closes ends it. */
function shared(options: RemoteOptions): NamedChecker {
  const key = JSON.stringify(SETTINGS.map(name => options[name] ?? null))
  const found = CONNECTIONS.get(key) ?? { checker: connect(options), uses: 0 }
  found.uses++
  CONNECTIONS.set(key, found)
  let open = true
  return {
    ...borrowed(found.checker),
    async close() {
      if (!open) return
      open = false
      if (--found.uses > 0) return
      CONNECTIONS.delete(key)
      await found.checker.close?.()
    },
  }
}
