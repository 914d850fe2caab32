import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import { verifyCredential } from '../core/check/verify-credential.ts'
import type { World } from '../core/world.ts'
import { Unavailable } from '../guard/answer/auth-error.ts'
import type { Checker, GuardAsk } from '../guard/remote/checker.ts'
import { SYSTEM } from '../model/actor.ts'
import { parseNode } from '../model/networks.ts'
import type { Verdict } from '../model/verdict.ts'
import { openNodeServer } from '../transport/node.ts'
import { operate } from '../wire/operate/dialect.ts'
import { originOf } from './addresses.ts'
import { compose, type Installation } from './compose.ts'
import { type Config, ConfigProblem } from './config.ts'
import { dialectsFor } from './dialects.ts'
import { openLog } from './log.ts'
import { openMetrics } from './metrics.ts'
import { mount } from './mount.ts'
import { startSchedule } from './schedule.ts'

export type Running = Required<Pick<Checker, 'check' | 'onChange'>> & {
  url: string
  world: World
  installation: Installation
  stop(): Promise<void>
}
export type Manner = {
  log?: Logger
  /** Work on the open installation before it listens. */
  prepare?: (installation: Installation) => Promise<void>
}

/** Opens the house and listens. `stop` takes no new requests, finishes those under way, and closes the database. */
export async function startServer(
  config: Config,
  { log = openLog(config.logLevel), prepare }: Manner = {},
): Promise<Running> {
  const installation = await compose(config, sentence => log.warn(sentence))
  const { world } = installation
  try {
    await prepare?.(installation)
    const metrics = openMetrics(config.metricsToken, world.recorder.refusals)
    const application = mount(world, [...dialectsFor(config.dialects), operate(metrics)], log, metrics)
    const server = openNodeServer(application, {
      draining: world.health.draining,
      onError: error => log.error({ err: error }, 'a request could not be answered'),
    })
    const port = await server.listen(config)
    const url = originOf(config.host, port)
    if (!config.url) world.rules.issuer = url
    const stopSchedule = startSchedule(world, error => log.error({ err: error }, 'a scheduled task failed'))
    return {
      url,
      world,
      installation,
      check: ask => checkInProcess(world, ask),
      onChange: world.lookups.onRevocation,
      async stop() {
        world.health.drain()
        await setTimeout(config.drainSeconds * 1000)
        await server.close()
        await stopSchedule()
        await installation.close()
      },
    }
  } catch (error) {
    await installation.close()
    throw explain(error, config)
  }
}

async function checkInProcess(world: World, { ip: reported, audience = '', ...ask }: GuardAsk): Promise<Verdict> {
  const ip = reported === undefined ? undefined : parseNode(reported)
  const from = ip === undefined ? {} : { ip }
  return verifyCredential(world, { by: SYSTEM.by, from }, { ...ask, ...from, audience }).catch(error => {
    throw new Unavailable('the credential could not be looked up', 1, { cause: error })
  })
}

/** A name that leads nowhere, a family of addresses or an interface that is not there. */
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
