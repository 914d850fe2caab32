import { isIP } from 'node:net'
import { parseAddress, parseNetwork } from '../../model/networks.ts'

/*
 * Parsers of settings that are addresses. Each returns one canonical spelling, so that values can be compared as text,
 * and refuses values that can never work. The thrown message continues a sentence that begins with the name of the
 * setting.
 */

/** The issuer: scheme and host in lower case, no default port, no slash at the end, and a path that has one spelling (RFC 3986 section 6.2, RFC 8414 section 2). */
export function publicUrl(value: string): string {
  const rest = /^https?:\/\/(.*)$/is.exec(value)?.[1]
  if (rest === undefined || !URL.canParse(value))
    throw new Error('must be an absolute http or https URL, such as https://auth.example.com')
  if (/^[^/?#\\]*@/.test(rest)) throw new Error('must have no user and no password in it')
  if (/[?#]/.test(rest)) throw new Error('must have no query and no fragment')
  const url = new URL(value)
  const [host = '', ...segments] = rest.split('/')
  while (segments.at(-1) === '') segments.pop()
  if (host.includes('\\') || !segments.every(isPlainSegment))
    throw new Error(
      `must have a path of letters, digits and - . _ ~ alone, or none: nothing percent-encoded, no empty part, no "." and ".."; try ${url.origin}/auth`,
    )
  if (segments[0] === '.well-known')
    throw new Error(`must not begin its path with /.well-known, which belongs to the host; try ${url.origin}/auth`)
  if (isEveryAddress(url.hostname))
    throw new Error('must name a host that clients can reach; this one means "every address"')
  if (url.port === '0' || url.hostname.includes('*'))
    throw new Error('must name one host and a port that clients can reach')
  return [url.origin, ...segments].join('/')
}

/** A plain segment has one spelling only (RFC 3986 section 6.2.2), so issuers can be compared as texts. */
const isPlainSegment = (segment: string): boolean =>
  /^[\w.~-]{1,100}$/.test(segment) && segment !== '.' && segment !== '..'

/** A host to listen on: an IP address with or without brackets, or a name. */
export function listenHost(value: string): string {
  const bare = /^\[.*\]$/s.test(value) ? value.slice(1, -1) : value
  // An IPv6 zone (fe80::1%eth0) names the interface, so the address keeps it.
  if (isIP(bare) !== 0) return bare.includes('%') ? bare : (parseAddress(bare) ?? bare)
  if (bare === '*') throw new Error('must be 0.0.0.0 or :: to listen on every address')
  if (!/^[\p{L}\d._-]+$/u.test(bare) || !URL.canParse(`http://${bare}`))
    throw new Error('must be a host name or an IP address alone, without scheme, port and path')
  return new URL(`http://${bare}`).hostname
}

const EVERY = new Set(['0.0.0.0', '::', '[::]'])
export const isEveryAddress = (host: string): boolean => EVERY.has(host)

/**
 * The origin at which clients on the same machine reach a server that listens on `host`. No client can connect to
 * 0.0.0.0 or ::, so these become `localhost`.
 */
export function originOf(host: string, port: number): string {
  const name = isEveryAddress(host) ? 'localhost' : (host.split('%', 1)[0] as string)
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

export const networkList = (value: string): string[] =>
  value
    .split(/[\s,]+/)
    .filter(part => part !== '' && part !== 'none')
    .map(part => {
      const network = parseNetwork(part)
      if (network === undefined) throw new Error('must be a list of networks such as 10.0.0.0/8')
      return network
    })

const HOST_AND_PORT = /^(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/

/** A list of hosts, `host:port` pairs and networks. */
export const outboundList = (value: string): string[] =>
  value
    .split(/[\s,]+/)
    .filter(part => part !== '' && part !== 'none')
    .map(part => {
      const network = part.includes('/') ? parseNetwork(part) : undefined
      if (network === undefined && !HOST_AND_PORT.test(part))
        throw new Error('must be a list of hosts, host:port or networks such as 10.0.0.0/8')
      return network ?? part.toLowerCase()
    })

/** Reads hosts in the form of `URL.host`; the first label may be `*`. */
export const documentHosts = (value: string): string[] =>
  value
    .split(/[\s,]+/)
    .filter(part => part !== '' && part !== 'none')
    .map(part => {
      const [wild, host] = part.startsWith('*.') ? ['*.', part.slice(2)] : ['', part]
      if (!HOST_AND_PORT.test(host) || !URL.canParse(`https://${host}`) || (wild && !host.includes('.')))
        throw new Error('must be a list of hosts or host:port; *. may stand for the first label, as in *.example.com')
      return wild + new URL(`https://${host}`).host
    })

/** `sqlite:PATH`, or the URL of a PostgreSQL database. */
export function databaseUrl(value: string): string {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.+)$/is.exec(value.trim()) ?? []
  const kind = scheme.toLowerCase()
  if (kind === 'sqlite') return `sqlite:${sqlitePath(rest)}`
  if ((kind !== 'postgres' && kind !== 'postgresql') || !rest.startsWith('//'))
    throw new Error('must be sqlite:PATH or postgres://USER@HOST/DATABASE')
  const address = `postgres:${rest}`
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.hash !== '' || url.search.includes('@'))
    throw new Error('cannot be read as a URL: percent-encode characters such as # / ? @ : in user and password')
  return address
}

function sqlitePath(path: string): string {
  if (path === ':memory:') throw new Error('must name a file: a database in memory would be gone at every start')
  if (/^\/\/[^/]/.test(path))
    throw new Error('must be sqlite:PATH, such as sqlite:./claviger.db or sqlite:/var/lib/claviger/claviger.db')
  return path.replace(/^\/+/, '/')
}
