import { statusOf } from '../../../model/credentials/credential.ts'
import type { Session } from '../../../model/users/session.ts'
import type { World } from '../../world.ts'
import { lacksSecondFactor } from '../lacks-second-factor.ts'

/** Finds the active session of a cookie, with its user. */
export async function findSession(needs: Needs, secret: string | undefined): Promise<Session | undefined> {
  if (!secret?.startsWith('clv_ses_')) return undefined
  const facts = await needs.lookups.facts(needs.vault.fingerprint(secret))
  if (facts?.credential.kind !== 'session' || !facts.user?.active) return undefined
  const { credential, user } = facts
  const now = needs.now()
  if (statusOf(credential, now) !== 'active') return undefined
  if (lacksSecondFactor(needs, user, credential.data.authentication.methods)) return undefined
  needs.recorder.seen(credential.id, now)
  return {
    credential,
    user,
    authentication: credential.data.authentication,
    provenAt: credential.data.provenAt ?? credential.data.authentication.at,
    csrf: needs.vault.mac('csrf', credential.fingerprint),
  }
}

type Needs = Pick<World, 'rules' | 'lookups' | 'recorder' | 'vault' | 'now'>
