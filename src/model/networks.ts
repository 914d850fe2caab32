import { isIP, isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Refusal } from './refusals/refusal.ts'

/* Parses addresses and networks, and compares them as numbers. Each address has one spelling (RFC 5952). */

/** Canonical spelling of an address: IPv4-mapped IPv6 becomes IPv4 (RFC 4291 section 2.5.5.2); brackets and zone are removed. */
export function parseAddress(text: string): string | undefined {
  const short = text.startsWith('::ffff:') ? text.slice('::ffff:'.length) : text
  return isIPv4(short) ? short : read(text)?.toString()
}

const LONGEST_NODE = 100
/** RFC 7239 section 6 and the format of gateways in X-Forwarded-For: the port is a number or an obfuscated name. */
const WITH_PORT = /^(\[[^\]]*\]|[\d.]+):(?:\d{1,5}|_[\w.-]+)$/

/** The address in the notation of proxies and frameworks, with or without quotes and port. `unknown` and `_hidden` become `undefined`. */
export function parseNode(node: string): string | undefined {
  if (node.length > LONGEST_NODE) return undefined
  const text = node.trim().replace(/^"([^"]*)"$/, '$1')
  return parseAddress(WITH_PORT.exec(text)?.[1] ?? text)
}

/** Canonical spelling of an address or a CIDR block: the bits after the prefix are zero. */
export function parseNetwork(text: string): string | undefined {
  const range = readRange(text)
  return range && (text.includes('/') ? block(...range) : range[0].toString())
}

/** Tells if this address is in one of these CIDR blocks or equals one of these addresses. A text that is no address is in none. */
export function inNetworks(ip: string, networks: readonly string[]): boolean {
  const address = read(ip)
  return address !== undefined && rangesOf(networks).some(range => contains(range, address))
}

const PRIVATE = new Set(['private', 'uniqueLocal', 'linkLocal'])
/** RFC 6762, RFC 8375, and the name that ICANN reserves for private use. */
const PRIVATE_NAMES = ['.local', '.home.arpa', '.internal']

/** Tells if a host is in a private network: by its address (RFC 1918, 4193, 3927), or by a name that does not exist in public DNS. */
export function isPrivateHost(host: string): boolean {
  const address = read(host)
  if (address) return PRIVATE.has(address.range())
  return !host.includes('.') || PRIVATE_NAMES.some(end => host.length > end.length && host.endsWith(end))
}

/** The address must be in canonical form. */
export const isLoopbackAddress = (ip: string): boolean => ip === '::1' || ip.startsWith('127.')

/** Returns the network of an address. The default size is large, so the network shows a place and no single person. */
export function networkOf(ip: string, prefix = { ipv4: 24, ipv6: 48 }): string {
  const address = read(ip)
  return address ? block(address, prefix[address.kind()]) : 'unknown'
}

/** Parses an address that a person typed. */
export function readAddress(text: string, parameter: string): string {
  const address = parseNode(text)
  if (address !== undefined) return address
  throw new Refusal('parameter-invalid', `${parameter}: not an address`, {
    parameter,
    sentence: `${parameter} must be an IP address, such as 203.0.113.9 or 2001:db8::1.`,
  })
}

/** Parses networks for storage. An invalid network is refused at once, because it would later refuse every caller. */
export const readNetworks = (networks: readonly string[]): string[] =>
  networks.map(network => {
    const canonical = parseNetwork(network)
    if (canonical !== undefined) return canonical
    throw new Refusal('parameter-invalid', `not a network: ${network.slice(0, 80)}`, {
      parameter: 'networks',
      sentence: 'A network is an IP address or a CIDR block, such as 10.0.0.0/8.',
    })
  })

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Range = [Address, number]

function read(text: string): Address | undefined {
  const bare = text.startsWith('[') && text.endsWith(']') && text.includes(':') ? text.slice(1, -1) : text
  // ipaddr.js would also accept 127.1 and 010.0.0.1, as old C libraries do.
  return isIP(bare) === 0 ? undefined : ipaddr.process(bare.split('%', 1)[0] as string)
}

function readRange(text: string): Range | undefined {
  const [start = '', bits, more] = text.split('/')
  const address = read(start)
  if (!address || more !== undefined || start.includes('%') || start.includes('[')) return undefined
  const widest = address.kind() === 'ipv4' ? 32 : 128
  if (bits === undefined) return [address, widest]
  // The prefix of an IPv4-mapped block includes the 96 bits before the IPv4 address.
  const length = /^\d{1,3}$/.test(bits) ? Number(bits) - (start.includes(':') ? 128 - widest : 0) : -1
  return length < 0 || length > widest ? undefined : [address, length]
}

const known = new WeakMap<readonly string[], Range[]>()

function rangesOf(networks: readonly string[]): Range[] {
  const ranges = known.get(networks) ?? networks.map(readRange).filter(range => range !== undefined)
  known.set(networks, ranges)
  return ranges
}

const contains = ([start, bits]: Range, address: Address): boolean =>
  start.kind() === address.kind() && address.match(start, bits)

/** The block with this prefix length that contains the address: the bits after the prefix become zero. */
function block(address: Address, bits: number): string {
  const bytes = address.toByteArray().map((byte, i) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - 8 * i))))
  return `${ipaddr.fromByteArray(bytes)}/${bits}`
}
