import { isIPv6 } from 'node:net'

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
