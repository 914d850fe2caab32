import type { Source } from '../../model/source.ts'
import { canonicalName, type User } from '../../model/user.ts'
import type { World } from '../world.ts'
import { familiarPlace } from './familiar.ts'

/**
 * Counts a try at a password or a one-time code before it is judged. Tries are counted by the name that was typed, so
 * that a lock does not tell which handle and which address are of one person, nor which exist; those from a browser or
 * network that signed this person in before are counted apart.
 */
export async function countTry(needs: Needs, ask: CountTry): Promise<{ wasRight(): Promise<void> }> {
  const place = await familiarPlace(needs, ask.user, ask.from)
  const name = canonicalName(ask.at)
  const [count, ip] = place ? [`${name} ${place.count}`, place.ip] : [name, ask.from.ip]
  await needs.throttle.reserve(count, ip, ask.tries)
  return { wasRight: () => needs.throttle.release(count, ip) }
}

/** `at`: the name that was typed, or what is guessed at by a person who is known already. */
type CountTry = { at: string; user: User | undefined; from: Source; tries?: 'password' | 'code' }
type Needs = Pick<World, 'throttle' | 'familiar' | 'vault'>
