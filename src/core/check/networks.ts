import { isIP, isIPv6 } from 'node:net'
import { Refusal } from '../../model/refusal.ts'

/** The network of an address, coarse on purpose: IPv4 /24, IPv6 /48. Enough to tell places apart, not people. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped) return networkOf(mapped)
  if (!isIPv6(ip)) return `${ip.slice(0, ip.lastIndexOf('.') + 1)}0/24`
  const [head = '', tail = ''] = ip.split('::')
  const left = head.split(':').filter(part => part !== '')
  const right = tail.split(':').filter(part => part !== '')
  const gap = ip.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : []
  const groups = [...left, ...gap, ...right].slice(0, 3)
  return `${groups.map(part => Number.parseInt(part, 16).toString(16)).join(':')}::/48`
}

/** Addresses and CIDR blocks, checked when they are written down: a wrong one would refuse everybody later. */
export function checkNetworks(networks: readonly string[]): void {
  const wrong = networks.find(network => !isNetwork(network))
  if (wrong !== undefined)
    throw new Refusal('parameter-invalid', `not a network: ${wrong.slice(0, 80)}`, {
      parameter: 'networks',
      sentence: 'A network is an IP address or a CIDR block, such as 10.0.0.0/8.',
    })
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0 || address.includes('%')) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 6 ? 128 : 32))
}
