import { aboutCredential, entry } from '../../../model/journal.ts'
import type { SessionAct } from '../../../model/session.ts'
import type { World } from '../../world.ts'

/** Signs out of this browser. */
export async function endSession(needs: Needs, act: SessionAct): Promise<void> {
  const { credential } = act.session
  const thing = { ...aboutCredential(credential), about: 'session' }
  await needs.credentials.revoke(credential.id, entry(act, 'signed-out', thing, { at: needs.now() }))
}

type Needs = Pick<World, 'credentials' | 'now'>
