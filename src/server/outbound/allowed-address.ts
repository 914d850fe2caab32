import ipaddr from 'ipaddr.js'

/**
 * True for a special-use address that the operator allows for outbound requests, by host, `host:port`, address or CIDR
 * block.
 */
export type OutboundAllow = (host: string, port: number, address: string) => boolean

/** Reads `CLAVIGER_OUTBOUND_ALLOW`. An entry with a `/` is a CIDR block. */
export function readOutboundAllow(entries: readonly string[]): OutboundAllow {
  const blocks = entries.filter(entry => entry.includes('/')).map(entry => ipaddr.parseCIDR(entry))
  const names = new Set(entries.filter(entry => !entry.includes('/')).map(entry => entry.toLowerCase()))
  return (host, port, address) => {
    const plain = ipaddr.process(address)
    if (names.has(host) || names.has(`${host}:${port}`) || names.has(plain.toString())) return true
    return blocks.some(([network, bits]) => plain.kind() === network.kind() && plain.match([network, bits] as never))
  }
}

const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

/**
 * True for addresses of the public internet. False for all special-use addresses (RFC 6890): private, loopback,
 * link-local, shared, multicast, documentation; and for every form that contains an IPv4 address (IPv4-mapped,
 * IPv4-compatible, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6 as never)
}
