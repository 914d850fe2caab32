import { entry } from '../../../model/journal.ts'
import type { SessionAct } from '../../../model/users/session.ts'
import type { World } from '../../world.ts'

/** Ends all sessions of the user except the one in use. */
export function endOtherSessions(needs: Needs, act: SessionAct): Promise<number> {
  const { user, credential } = act.session
  const why = { at: needs.now(), reason: 'signed-out-elsewhere' }
  return needs.credentials.revokeAll(
    { userId: user.id, kinds: ['session'], except: credential.fingerprint },
    entry(act, 'revoked', { about: 'session', userId: user.id }, why),
  )
}

type Needs = Pick<World, 'credentials' | 'now'>
