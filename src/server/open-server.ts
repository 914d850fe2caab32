import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import { verifyCredential } from '../core/check/verify-credential.ts'
import type { World } from '../core/world.ts'
import { Unavailable } from '../guard/answer/auth-error.ts'
import type { Checker, GuardAsk } from '../guard/remote/checker.ts'
import type { Application } from '../http/application.ts'
import { pathOf } from '../http/base-path.ts'
import type { Verdict } from '../model/credentials/verdict.ts'
import { parseNode } from '../model/networks.ts'
import { Refusal } from '../model/refusals/refusal.ts'
import { SYSTEM } from '../model/users/actor.ts'
import { fetchHandler } from '../transport/fetch.ts'
import { type NodeServer, openNodeServer } from '../transport/node.ts'
import { openUnderWay } from '../transport/under-way.ts'
import { operate } from '../wire/operate/dialect.ts'
import { compose, type Installation, LISTENING_ISSUER } from './compose.ts'
import { dialectsFor, switchedOn } from './dialects.ts'
import { mount } from './mount.ts'
import { openLog } from './operate/log.ts'
import { openMetrics } from './operate/metrics.ts'
import { originOf } from './settings/addresses.ts'
import { type Config, ConfigProblem } from './settings/config.ts'
import { type LogPosition, openLogPosition } from './tasks/log-position.ts'
import { startSchedule } from './tasks/schedule.ts'

/** A running server. It answers requests that the surrounding program hands over, and listens after `listen`. */
export type Opened = Required<Pick<Checker, 'check' | 'onChange'>> & { issuer: () => string } & Pick<
    NodeServer,
    'node'
  > & {
    fetch: ReturnType<typeof fetchHandler>
    world: World
    installation: Installation
    /** Resolves to the address that the server listens on. */
    listen(): Promise<string>
    /** Accepts no new requests, finishes running ones, and closes the database. */
    close(): Promise<void>
  }
export type Manner = {
  log?: Logger
  /** Runs after the installation is open and before the server listens. */
  prepare?: (installation: Installation) => Promise<void>
}

/**
 * Opens an installation and returns its server. The server answers requests at once, but listens only after `listen`.
 */
export async function openServer(
  config: Config,
  { log = openLog(config.logLevel), prepare }: Manner = {},
): Promise<Opened> {
  const installation = await compose(config, { warn: sentence => log.warn(sentence) })
  const position = openLogPosition(config)
  try {
    position.check(installation.world.lookups.place())
    await prepare?.(installation)
    return {
      ...serve(installation, config, { log, position }),
      check: ask => checkInProcess(installation.world, ask),
      onChange: installation.world.lookups.onRevocation,
      issuer: () => installation.world.rules.issuer,
      installation,
    }
  } catch (error) {
    await installation.close()
    throw error
  }
}

function serve(
  { world, close }: Installation,
  config: Config,
  { log, position }: { log: Logger; position: LogPosition },
): Omit<Opened, 'check' | 'onChange' | 'issuer' | 'installation'> {
  const metrics = openMetrics(config.metricsToken, world.recorder.refusals)
  const application = untilClosed(mount(world, [...dialectsFor(switchedOn(config)), operate(metrics)], log, metrics))
  const settings = {
    draining: world.health.draining,
    onError: (error: unknown) => log.error({ err: error }, 'a request could not be answered'),
    underWay: openUnderWay(),
  }
  const server = openNodeServer(application, settings)
  let [listening, closing]: [Promise<string>?, Promise<void>?] = []
  let noted: Promise<void> | undefined
  const stopSchedule = startSchedule(world, {
    followed: () => position.keep(world.lookups.place()),
    onError: error => log.error({ err: error }, 'a scheduled task failed'),
  })
  async function end(): Promise<void> {
    application.close()
    await Promise.all([stopSchedule(), noted])
    await position.close(world.lookups)
    await close()
  }
  async function listen(): Promise<string> {
    const url = originOf(config.host, await server.listen(config)) + pathOf(config.url ?? '')
    if (!config.url) {
      world.rules.issuer = url
      // Commands on the same database read this address. No request and no stop waits for the write.
      noted = world.settings.note(LISTENING_ISSUER, url).catch(() => {})
    }
    return url
  }
  async function drain(): Promise<void> {
    world.health.drain()
    await setTimeout(config.drainSeconds * 1000)
    await server.close()
    await end()
  }
  return {
    world,
    node: server.node,
    fetch: fetchHandler(application, settings),
    listen() {
      listening ??= listen().catch(async error => {
        closing ??= end()
        await closing
        throw explain(error, config)
      })
      return listening
    },
    close() {
      closing ??= drain()
      return closing
    },
  }
}

/** A program may call a mounted server after `close`. The database is closed then, so the server refuses the request. */
function untilClosed({ answer, refuse }: Application): Application & { close(): void } {
  let closed = false
  return {
    refuse,
    answer: request =>
      closed ? Promise.resolve(refuse(new Refusal('unavailable', 'the server is closed'), request)) : answer(request),
    close() {
      closed = true
    },
  }
}

async function checkInProcess(
  world: World,
  { ip: reported, audience = '', requestId, ...ask }: GuardAsk,
): Promise<Verdict> {
  const ip = reported === undefined ? undefined : parseNode(reported)
  const from = ip === undefined ? {} : { ip }
  const source = { ...from, ...(requestId && { requestId: requestId() }) }
  return verifyCredential(world, { by: SYSTEM.by, from: source }, { ...ask, ...from, audience }).catch(error => {
    throw new Unavailable('the credential could not be looked up', 1, { cause: error })
  })
}

/** Error codes for an unknown host, an unsupported address family, or a missing network interface. */
const NO_SUCH_HOST = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAFNOSUPPORT', 'EINVAL'])

function explain(error: unknown, config: Config): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new ConfigProblem([
      `Port ${config.port} on ${config.host} is taken. Stop the program that uses it, or choose another with --port (0 takes a free one).`,
    ])
  if (code === 'EACCES')
    return new ConfigProblem([`This user may not listen on port ${config.port}. Choose one above 1023 with --port.`])
  if (code !== undefined && (syscall === 'listen' || syscall === 'getaddrinfo') && NO_SUCH_HOST.has(code))
    return new ConfigProblem([
      `CLAVIGER_HOST ${config.host} is no address of a machine (${code}). Set it to one this machine has.`,
    ])
  if (code === 'EADDRNOTAVAIL')
    return new ConfigProblem([`This machine has no address ${config.host}. Set CLAVIGER_HOST to one it has.`])
  return error
}
