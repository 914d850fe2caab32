import { beginSecondFactor } from '../../src/core/sign-in/methods/begin-second-factor.ts'
import { turnOnSecondFactor } from '../../src/core/sign-in/methods/turn-on-second-factor.ts'
import type { World } from '../../src/core/world.ts'
import type { User } from '../../src/model/users/user.ts'
import { asUser } from './acts.ts'
import { codeOf } from './zebbra.ts'

/** Gives this user one-time codes, as if they had set them up half a minute ago: the code of now is good. */
export async function withFactor(world: World, user: User): Promise<{ secret: string; codes: string[] }> {
  const { secret } = await beginSecondFactor(world, asUser(user), { issuer: 'Here', label: user.handle })
  const code = codeOf(secret, { now: world.now(), later: -1 })
  return { secret, codes: await turnOnSecondFactor(world, asUser(user), { code }) }
}
