import { randomText } from '../../crypto/credential-format.ts'
import { networkOf } from '../../model/networks.ts'
import type { Source } from '../../model/source.ts'
import type { User } from '../../model/users/user.ts'
import type { World } from '../world.ts'

/*
 * Remembers where a person has signed in: browsers by a signed cookie, networks in the database. Attempts from these
 * have a separate count, so guesses from elsewhere do not lock the owner out.
 */

/** If more people share a browser, the first one is forgotten. */
const MOST_PEOPLE = 4

/** The separate count for attempts from a known browser or network; undefined for others. */
export async function familiarPlace(needs: Needs, user: User | undefined, from: Source): Promise<Place | undefined> {
  const device = user && deviceOf(needs, user, from.device)
  if (device !== undefined) return { count: `device ${device} ${user?.id}` }
  // Unknown names have the same look-up, so the answer takes the same time.
  const key = from.ip === undefined ? undefined : networkKey(needs, user?.id ?? '', from.ip)
  const known = key !== undefined && (await needs.familiar.has(key))
  return user && known ? { count: `network ${key}`, ip: from.ip } : undefined
}

export const rememberNetwork = async (needs: Needs, user: User, { ip }: Source): Promise<void> =>
  ip === undefined ? undefined : needs.familiar.add(networkKey(needs, user.id, ip))

/** The cookie of a browser after a sign-in: an id, and one mark per person. */
export function addToDevice(needs: Pick<World, 'vault'>, cookie: string | undefined, user: User): string {
  const [id = '', ...marks] = cookie?.split('.') ?? []
  const known = /^[0-9A-Za-z]{24}$/.test(id)
  const device = known ? id : randomText(24)
  const mine = markOf(needs, device, user)
  const others = known ? marks.filter(mark => mark !== mine && /^[\w-]{43}$/.test(mark)) : []
  return [device, mine, ...others.slice(0, MOST_PEOPLE - 1)].join('.')
}

function deviceOf(needs: Pick<World, 'vault'>, user: User, cookie: string | undefined): string | undefined {
  const [device = '', ...marks] = cookie?.split('.') ?? []
  return marks.includes(markOf(needs, device, user)) ? device : undefined
}

const markOf = (needs: Pick<World, 'vault'>, device: string, user: User): string =>
  needs.vault.mac('device', `${device} ${user.id}`)

const networkKey = (needs: Pick<World, 'vault'>, userId: string, ip: string): string =>
  needs.vault.mac('familiar network', `${userId} ${networkOf(ip, { ipv4: 32, ipv6: 64 })}`)

/** `ip`: attempts also count for this network. */
type Place = { count: string; ip?: string | undefined }
type Needs = Pick<World, 'familiar' | 'vault'>
