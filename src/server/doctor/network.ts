import { createServer } from 'node:net'
import { pathOf } from '../../http/base-path.ts'
import type { Installation } from '../compose.ts'
import { proxyConcern } from '../operate/proxies.ts'
import { originOf } from '../settings/addresses.ts'
import type { Config } from '../settings/config.ts'
import { serverAt } from '../settings/same-installation.ts'
import { examineDiscovery } from './discovery.ts'
import { type Finding, not, ok } from './finding.ts'

/** Checks whether the proxies in front of the server are listed, by settings and by earlier requests. */
export async function examineProxies({ world }: Installation, config: Config): Promise<Finding> {
  const concern = await proxyConcern(world, config)
  if (concern) return not('warn', 'network', 'proxies', concern.found, concern.fix)
  return ok('network', 'proxies', config.trustProxy.join(', ') || 'none listed, none seen')
}

/**
 * Checks whether the servers that answer at our addresses use this database. Returns no finding for an address without
 * an answer.
 */
export async function examineServers({ world, engine }: Installation, config: Config): Promise<Finding[]> {
  const here = config.port === 0 ? [] : [originOf(config.host, config.port) + pathOf(config.url ?? '')]
  const findings: Finding[] = []
  for (const address of new Set([...here, ...(config.url ? [config.url] : [])])) {
    const there = await serverAt(address, world)
    if (there === 'this') findings.push(ok('network', 'same database', `the server at ${address} uses this one`))
    if (there === 'another')
      findings.push(
        not(
          'fail',
          'network',
          'same database',
          `the server at ${address} uses another database than this one (${engine.name}, ${config.databaseUrl === undefined ? config.dataDir : 'CLAVIGER_DATABASE_URL'})`,
          'What is made here is not there. Name the place that server was started with: --data-dir or CLAVIGER_DATA_DIR (CLAVIGER_DATABASE_URL for PostgreSQL).',
        ),
      )
  }
  return findings
}

const PATIENCE_MILLISECONDS = 3000

/** Checks whether the port is free or used by a Claviger, and whether the public URL leads to this server. */
export async function examineNetwork(config: Config): Promise<Finding[]> {
  const place = originOf(config.host, config.port).slice('http://'.length)
  const findings: Finding[] = []
  const trouble = config.port === 0 ? undefined : await tryPort(config)
  if (trouble === undefined) findings.push(ok('network', 'port', `${place} is free`))
  else if (trouble === 'EADDRINUSE' && (await answers(`http://${place}${pathOf(config.url ?? '')}/livez`)))
    findings.push(ok('network', 'port', `a server answers at ${place}`))
  else
    findings.push(
      not(
        'warn',
        'network',
        'port',
        `${place} cannot be used (${trouble})`,
        'Stop what uses it, or set CLAVIGER_PORT.',
      ),
    )
  if (config.url) findings.push(...(await examineAddress(config.url, config)))
  return findings
}

async function examineAddress(url: string, config: Config): Promise<Finding[]> {
  if (!(await answers(`${url}/livez`)))
    return [
      not(
        'warn',
        'network',
        'public address',
        `${url} does not answer from here`,
        'Check DNS, the proxy and CLAVIGER_URL.',
      ),
    ]
  return [ok('network', 'public address', `${url} leads to a server`), ...(await examineDiscovery(config))]
}

function tryPort({ host, port }: Config): Promise<string | undefined> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', error => resolve((error as NodeJS.ErrnoException).code ?? error.message))
    server.listen({ host, port }, () => server.close(() => resolve(undefined)))
  })
}

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS), redirect: 'manual' }).then(
    answer => answer.status === 200,
    () => false,
  )
