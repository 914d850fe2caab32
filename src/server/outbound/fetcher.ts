import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { Agent, buildConnector, type Dispatcher, errors, request } from 'undici'
import type { Fetcher, OutboundAnswer, OutboundAsk } from '../../ports/fetcher.ts'
import { isPublicAddress, type OutboundAllow } from './allowed-address.ts'

/** The limit for one request, from the name look-up to the last byte. */
const LONGEST_MILLISECONDS = 5000
/** The largest number of concurrent requests to one host, and to all hosts. */
const MOST_TO_ONE_HOST = 4
const MOST = 64

/**
 * Sends outbound requests. Resolves the name once, checks all of its addresses, and connects to a checked address, so a
 * later DNS answer has no effect (DNS rebinding). Ignores proxy variables of the environment, because a proxy would
 * resolve the name again.
 */
export function openFetcher({ allow, namedByClients = NOTHING, resolve = resolveAll }: Opening): Fetcher & {
  close(): Promise<void>
} {
  const underWay = new Map<string, number>()
  let all = 0
  const agents = {
    staff: openAgent((host, port, addresses) => refusal(host, port, addresses, allow), resolve),
    client: openAgent((host, port, addresses) => refusal(host, port, addresses, namedByClients), resolve),
  }

  async function send(ask: OutboundAsk): Promise<OutboundAnswer> {
    const host = new URL(ask.url).host
    const toHost = underWay.get(host) ?? 0
    if (toHost >= MOST_TO_ONE_HOST || all >= MOST)
      return { is: 'busy', why: `too many requests to ${host} are under way` }
    underWay.set(host, toHost + 1)
    all++
    try {
      return await inTime(sendNow(ask, agents[ask.namedBy]))
    } catch (error) {
      return outcomeOf(error, host)
    } finally {
      all--
      const left = (underWay.get(host) ?? 1) - 1
      if (left === 0) underWay.delete(host)
      else underWay.set(host, left)
    }
  }
  return {
    send,
    close: async () => {
      await Promise.all([agents.staff.destroy(), agents.client.destroy()])
    },
  }
}

/**
 * The special-use addresses that may be requested: `allow` if staff entered the address, `namedByClients` for all
 * other addresses. `namedByClients` is absent in production, so no such address is requested.
 */
type Opening = { allow: OutboundAllow; namedByClients?: OutboundAllow; resolve?: Resolve }
export type Resolve = (host: string) => Promise<readonly string[]>
const resolveAll: Resolve = async host => (await lookup(host, { all: true })).map(({ address }) => address)
const NOTHING: OutboundAllow = () => false

async function sendNow(ask: OutboundAsk, dispatcher: Dispatcher): Promise<OutboundAnswer> {
  const { statusCode, headers, body } = await request(ask.url, {
    method: ask.method ?? 'GET',
    headers: { ...ask.headers, 'accept-encoding': 'identity' },
    ...(ask.body !== undefined && { body: ask.body }),
    dispatcher,
    signal: AbortSignal.timeout(LONGEST_MILLISECONDS),
  })
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > ask.mostBytes) {
      body.destroy()
      return { is: 'too-large', why: `the answer is longer than ${ask.mostBytes} bytes` }
    }
    parts.push(part)
  }
  return { is: 'answer', status: statusCode, headers: plain(headers), body: Buffer.concat(parts) }
}

/** Limits the time here too, because the abort signal does not stop a name look-up or an attempt to connect. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let late: NodeJS.Timeout | undefined
  const over = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new DOMException('too late', 'TimeoutError')), LONGEST_MILLISECONDS)
  })
  try {
    return await Promise.race([work, over])
  } finally {
    clearTimeout(late)
  }
}

const plain = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )

/** Connects only to a checked address; TLS verifies the name. No connection is kept, so each request is checked. */
function openAgent(
  refuse: (host: string, port: number, addresses: readonly string[]) => string | undefined,
  resolve: Resolve,
) {
  const connector = buildConnector({ timeout: LONGEST_MILLISECONDS, allowH2: false })
  return new Agent({
    pipelining: 0,
    maxHeaderSize: 16_384,
    headersTimeout: LONGEST_MILLISECONDS,
    bodyTimeout: LONGEST_MILLISECONDS,
    connect(options, done) {
      const host = options.hostname.replace(/^\[|\]$/g, '')
      const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80))
      const connectTo = (addresses: readonly string[]): void => {
        const why = refuse(host, port, addresses)
        const address = addresses[0]
        const named = isIP(host) ? {} : { servername: host }
        if (why === undefined && address !== undefined)
          connector({ ...options, hostname: address, host: address, ...named }, done)
        else done(new NotAllowed(why ?? `${host} has no address`), null)
      }
      if (isIP(host)) connectTo([host])
      else inTime(resolve(host)).then(connectTo, (error: Error) => done(error, null))
    },
  })
}

class NotAllowed extends Error {}

/** Refuses a name if one of its addresses is not allowed. Otherwise the result would depend on the address chosen. */
function refusal(host: string, port: number, addresses: readonly string[], allow: OutboundAllow): string | undefined {
  const wrong = addresses.find(address => !isPublicAddress(address) && !allow(host, port, address))
  return wrong === undefined ? undefined : `${host} is at ${wrong}, which is not an address of the public internet`
}

function outcomeOf(error: unknown, host: string): OutboundAnswer {
  if (error instanceof NotAllowed) return { is: 'not-allowed', why: error.message }
  const { name, code, message } = error as NodeJS.ErrnoException
  if (
    name === 'TimeoutError' ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError
  )
    return { is: 'unreachable', why: `${host} did not answer within ${LONGEST_MILLISECONDS / 1000} seconds` }
  return { is: 'unreachable', why: `${host} cannot be reached: ${code ?? message}` }
}
