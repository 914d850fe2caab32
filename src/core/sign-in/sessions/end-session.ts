import { aboutCredential, entry } from '../../../model/journal.ts'
import type { SessionAct } from '../../../model/users/session.ts'
import type { World } from '../../world.ts'

/** Signs out of this browser. `goesOn`: another session of the same person has replaced this one, so its grants stay. */
export async function endSession(needs: Needs, act: SessionAct, goesOn = false): Promise<void> {
  const { credential } = act.session
  const thing = { ...aboutCredential(credential), about: 'session' }
  const signedOut = entry(act, 'signed-out', thing, { at: needs.now() })
  await (goesOn
    ? needs.credentials.retire(credential.id, signedOut)
    : needs.credentials.revoke(credential.id, signedOut))
}

type Needs = Pick<World, 'credentials' | 'now'>
