import parseForwarded from 'forwarded-parse'
import { inNetworks, isLoopbackAddress, parseAddress, parseNode } from '../model/networks.ts'

/*
 * Who called, as far as addresses go: read once, at the edge. Everything behind it gets an address in one spelling, or none.
 */

export type CallerAddress = {
  /** Of the caller. Absent where a proxy stands between us and does not say it in a way that can be believed. */
  caller?: string
  /** The caller's, or of the nearest machine before it that is known: what limits count by, and what logs write. */
  ip: string
  /** The peer is one of the proxies whose headers count. */
  trusted: boolean
  /** A process of this machine called, and nothing on the way. */
  ownMachine: boolean
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** What proxies add to a request. Any of these says that the peer is not the caller. */
const RELAYED = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-server',
  'x-forwarded-uri',
  'x-forwarded-method',
  'x-forwarded-prefix',
  'x-original-forwarded-for',
  'x-original-uri',
  'x-original-url',
  'x-envoy-external-address',
  'x-envoy-original-path',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
  'fly-client-ip',
] as const

export const isRelayed = (headers: Headers): boolean => RELAYED.some(name => headers[name] !== undefined)

/** Of a peer outside the trusted networks no header counts. */
export function callerAddress(peer: string, headers: Headers, proxies: readonly string[]): CallerAddress {
  const ip = parseAddress(peer) ?? 'unknown'
  const loopback = isLoopbackAddress(ip)
  const trusted = proxies.length > 0 && inNetworks(ip, proxies)
  if ((!loopback && !trusted) || !isRelayed(headers)) return { caller: ip, ip, trusted, ownMachine: loopback }
  const unknown = { ip, trusted, ownMachine: false }
  if (!trusted) return unknown
  const [first, second] = chains(headers).map(chain => walk(ip, chain, proxies))
  return first === undefined || (second && second.caller !== first.caller) ? unknown : { ...unknown, ...first }
}

const LOOPBACK = ['127.0.0.0/8', '::1/128']

/** For what only proxies may ask: where none is listed, one on this machine is believed. */
export const forwardedAddress = ({ address, peer, headers }: Peer): CallerAddress =>
  address.trusted ? address : callerAddress(peer, headers, LOOPBACK)

type Peer = { address: CallerAddress; peer: string; headers: Headers }

/**
 * The ways a request came, nearest machine last. Proxies write one header and pass the other one on as they got it, so
 * where both stand (RFC 7239, and the older one) and differ, neither is believed.
 */
function chains(headers: Headers): string[][] {
  const [forwarded, listed, real] = [headers['forwarded'], headers['x-forwarded-for'], headers['x-real-ip']]
  const written: string[][] = []
  if (listed !== undefined) written.push(String(listed).split(','))
  if (forwarded !== undefined) written.push(readForwarded(String(forwarded)))
  return written.length === 0 && real !== undefined ? [[String(real)]] : written
}

/** RFC 7239 section 4; a header that breaks its grammar names no address. */
function readForwarded(header: string): string[] {
  try {
    return parseForwarded(header).map(element => element['for'] ?? '')
  } catch {
    return ['']
  }
}

/** From the nearest machine outwards, as long as each is one of our proxies: the first other one is the caller. */
function walk(peer: string, chain: readonly string[], proxies: readonly string[]): { caller?: string; ip: string } {
  let ip = peer
  for (const node of chain.toReversed()) {
    const address = parseNode(node)
    if (address === undefined) return { ip }
    ip = address
    if (!inNetworks(ip, proxies)) break
  }
  return { caller: ip, ip }
}
