import type { Authentication } from '../../../model/credentials/credential.ts'
import { aboutCredential, entry } from '../../../model/journal.ts'
import type { Act, UserActor } from '../../../model/users/actor.ts'
import { makeCredential, type NewCredential } from '../../credentials/issue/make-credential.ts'
import { storeFor } from '../../credentials/issue/store-for.ts'
import type { World } from '../../world.ts'

/** Makes a new session at each sign-in. The browser's previous cookie no longer works. */
export async function openSession(
  needs: Needs,
  act: Act<UserActor>,
  { methods, root }: Pick<Authentication, 'methods'> & { root?: string | undefined },
): Promise<NewCredential<'session'>> {
  const { user } = act.by
  const { userAgent, ip } = act.from
  const now = needs.now()
  const made = makeCredential(needs, 'session', {
    userId: user.id,
    createdAt: now,
    expiresAt: now + needs.rules.sessionSeconds * 1000,
    data: {
      authentication: { at: now, methods },
      ...(root !== undefined && { root }),
      device: { ...(userAgent && { userAgent: userAgent.slice(0, 200) }), ...(ip && { ip }) },
    },
  })
  const thing = { ...aboutCredential(made.credential), about: 'session' }
  await storeFor(needs, user, made.credential, entry(act, 'issued', thing, { at: now }))
  return made
}

type Needs = Pick<World, 'credentials' | 'vault' | 'rules' | 'now'>
