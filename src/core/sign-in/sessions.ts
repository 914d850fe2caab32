import { statusOf } from '../../model/credential.ts'
import type { Session } from '../../model/session.ts'
import type { User } from '../../model/user.ts'
import { type Made, makeCredential, storeFor } from '../credentials/make-credential.ts'
import type { Source, World } from '../world.ts'

/** A new session at each sign-in; whatever cookie the browser had before is worth nothing afterwards. */
export async function openSession(needs: Needs, user: User, from: Source): Promise<Made> {
  const now = needs.now()
  const made = makeCredential(needs, 'session', {
    userId: user.id,
    createdAt: now,
    expiresAt: now + needs.rules.sessionSeconds * 1000,
    data: {
      authenticatedAt: now,
      ...(from.userAgent && { userAgent: from.userAgent.slice(0, 200) }),
      ...(from.ip && { ip: from.ip }),
    },
  })
  const { id } = made.credential
  await storeFor(needs, user, made.credential, {
    at: now,
    event: 'issued',
    about: 'session',
    aboutId: id,
    actor: user.id,
    userId: user.id,
    credentialId: id,
    ...from,
  })
  return made
}

export async function findSession(
  needs: Needs & Pick<World, 'witness'>,
  secret: string | undefined,
): Promise<Session | undefined> {
  if (!secret?.startsWith('clv_ses_')) return undefined
  const facts = await needs.directory.facts(needs.vault.fingerprint(secret))
  if (facts?.credential.kind !== 'session' || !facts.user?.active) return undefined
  const { credential, user } = facts
  const now = needs.now()
  if (statusOf(credential, now) !== 'active') return undefined
  needs.witness.seen(credential.id, now)
  return {
    credential,
    user,
    authenticatedAt: credential.data.authenticatedAt ?? credential.createdAt,
    csrf: needs.vault.mac('csrf', credential.fingerprint),
  }
}

export async function endSession(needs: Needs, session: Session, from: Source): Promise<void> {
  const { id } = session.credential
  await needs.credentials.revoke(id, {
    at: needs.now(),
    event: 'signed-out',
    about: 'session',
    aboutId: id,
    actor: session.user.id,
    userId: session.user.id,
    credentialId: id,
    ...from,
  })
}

type Needs = Pick<World, 'credentials' | 'directory' | 'vault' | 'rules' | 'now'>
