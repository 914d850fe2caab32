import type { Source } from '../../model/source.ts'
import { canonicalName, type User } from '../../model/users/user.ts'
import type { World } from '../world.ts'
import { familiarPlace } from './familiar.ts'

/**
 * Counts an attempt at a password or code before it is evaluated. Counts by the typed name: so a lock-out does not
 * reveal whether the name exists, or whether a handle and an address belong to one person. Attempts from a browser or
 * network that this person has used before have a separate count.
 */
export async function countTry(needs: Needs, ask: CountTry): Promise<{ wasRight(): Promise<void> }> {
  const place = await familiarPlace(needs, ask.user, ask.from)
  const name = canonicalName(ask.at)
  const [count, ip] = place ? [`${name} ${place.count}`, place.ip] : [name, ask.from.ip]
  await needs.throttle.reserve(count, ip, ask.tries)
  return { wasRight: () => needs.throttle.release(count, ip) }
}

/** `at`: the typed name, or for a known person the secret and the id (`password of ID`). */
type CountTry = { at: string; user: User | undefined; from: Source; tries?: 'password' | 'code' }
type Needs = Pick<World, 'throttle' | 'familiar' | 'vault'>
