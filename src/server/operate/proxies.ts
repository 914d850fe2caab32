import type { World } from '../../core/world.ts'
import type { WireRequest } from '../../http/request.ts'
import { inNetworks, parseAddress } from '../../model/networks.ts'
import { DAY } from '../../model/span.ts'
import type { Config } from '../settings/config.ts'

/*
 * Detects a proxy that is not listed. The server ignores the caller's address that such a proxy sends. So all its
 * callers share one address, one count of guesses and one line in the journal. The start, the log and `claviger doctor`
 * report the proxy.
 */

/**
 * RFC 1918, RFC 4193, RFC 6598, link-local and loopback: typical addresses of a proxy, never of callers from the
 * internet.
 */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8']
const PRIVATE_6 = ['fc00::/7', 'fe80::/10', '::1/128']
const NEAR = [...PRIVATE, ...PRIVATE_6]

const NOTE = 'unlisted-proxy'
/**
 * The note is written again each day on which such a proxy is seen. An older note concerns a proxy that no longer
 * exists.
 */
const FRESH = 2 * DAY

/**
 * Examines each request for signs of a proxy that is not listed. Warns once in the log, and stores a note for
 * `claviger doctor`.
 */
export function watchForProxies(world: World): (request: WireRequest) => void {
  let notedAt = Number.NEGATIVE_INFINITY
  return ({ address, peer, headers }) => {
    if (headers['x-forwarded-for'] === undefined && headers['forwarded'] === undefined) return
    if (address.trusted || world.now() - notedAt < DAY) return
    const ip = parseAddress(peer)
    if (ip === undefined || !inNetworks(ip, NEAR)) return
    notedAt = world.now()
    world.warnings.once('unlisted-proxy', `${unlisted(ip)}. ${advice(ip)}`)
    world.settings.note(NOTE, JSON.stringify({ ip, at: notedAt })).catch(() => {
      notedAt = Number.NEGATIVE_INFINITY // The next such request tries again.
    })
  }
}

const unlisted = (ip: string): string =>
  `${ip} sends X-Forwarded-For and is not in CLAVIGER_TRUST_PROXY, so all callers behind it count as one`
const advice = (ip: string): string => `Add ${ip} to CLAVIGER_TRUST_PROXY if it is a proxy of yours (docs/proxies.md).`

/**
 * Returns the problem with the proxies in front of the server, by settings and by earlier requests, and how to mend it.
 */
export async function proxyConcern(
  { settings, now }: Pick<World, 'settings' | 'now'>,
  { trustProxy, url }: Pick<Config, 'trustProxy' | 'url'>,
): Promise<{ found: string; fix: string } | undefined> {
  const noted = await settings.get(NOTE)
  const { ip, at } = noted === undefined ? { ip: '', at: 0 } : (JSON.parse(noted) as { ip: string; at: number })
  if (now() - at < FRESH && !inNetworks(ip, trustProxy))
    return { found: `${unlisted(ip)} (seen ${new Date(at).toISOString()})`, fix: advice(ip) }
  if (trustProxy.length > 0 || !url?.startsWith('https:')) return undefined
  return {
    found:
      'CLAVIGER_URL is https, which a proxy must serve, and CLAVIGER_TRUST_PROXY names none: its callers count as one',
    fix: 'Set CLAVIGER_TRUST_PROXY to the address of the proxy, such as 127.0.0.1/32 on this machine (docs/proxies.md).',
  }
}
