import parseForwarded from 'forwarded-parse'
import { inNetworks, isLoopbackAddress, parseAddress, parseNode } from '../model/networks.ts'

/* Finds the address of the caller once, when the request arrives. Later code gets it in one spelling, or not at all. */

export type CallerAddress = {
  /** The address of the caller. Absent if a proxy is between caller and server and does not report the caller credibly. */
  caller?: string
  /** The address of the caller. If it is unknown, the address of the known machine nearest to the caller. Limits count by this address, and logs contain it. */
  ip: string
  /** The peer is a proxy whose headers the server trusts. */
  trusted: boolean
  /** A process of this machine called directly, without a proxy. */
  ownMachine: boolean
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** Headers that proxies add to a request. Any of these headers shows that the peer is not the caller. */
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

/** Headers count only if the peer is in a trusted network. */
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

/** For endpoints that only proxies call: if no proxy is configured, the headers of a proxy on this machine are trusted. */
export const forwardedAddress = ({ address, peer, headers }: Peer): CallerAddress =>
  address.trusted ? address : callerAddress(peer, headers, LOOPBACK)

type Peer = { address: CallerAddress; peer: string; headers: Headers }

/**
 * The addresses that each proxy header lists, nearest machine last. A proxy writes only one of the two headers (RFC
 * 7239 or `X-Forwarded-For`) and passes the other unchanged. If both are present and differ, neither is used.
 */
function chains(headers: Headers): string[][] {
  const [forwarded, listed, real] = [headers['forwarded'], headers['x-forwarded-for'], headers['x-real-ip']]
  const written: string[][] = []
  if (listed !== undefined) written.push(String(listed).split(','))
  if (forwarded !== undefined) written.push(readForwarded(String(forwarded)))
  return written.length === 0 && real !== undefined ? [[String(real)]] : written
}

/** RFC 7239 section 4. A header that breaks the grammar contains no address. */
function readForwarded(header: string): string[] {
  try {
    return parseForwarded(header).map(element => element['for'] ?? '')
  } catch {
    return ['']
  }
}

/** Walks from the nearest machine outwards while each one is a trusted proxy. The first other machine is the caller. */
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
