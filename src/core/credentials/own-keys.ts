import type { Credential } from '../../model/credential.ts'
import type { Session } from '../../model/session.ts'
import type { Page } from '../../ports/paging.ts'
import type { Source, World } from '../world.ts'
import { revokeCredential } from './revoke-credential.ts'

/* A person's own long-lived credentials and signed-in browsers. */

const KEYS = ['application-token', 'api-key'] as const

export const listOwnKeys = (needs: Pick<World, 'credentials'>, userId: string): Promise<Page<Credential>> =>
  needs.credentials.list({ userId, kinds: KEYS }, { limit: 200 })

/** Ends every key that was not used since then, or never and is older. Returns how many. */
export async function revokeUnusedKeys(needs: Needs, session: Session, ask: RevokeUnused): Promise<number> {
  const { user } = session
  const { items } = await needs.credentials.list({ userId: user.id, kinds: KEYS, status: 'active' }, { limit: 1000 })
  const unused = items.filter(({ lastUsedAt, createdAt }) => (lastUsedAt ?? createdAt) < ask.unusedSince)
  for (const { id } of unused)
    await revokeCredential(needs, { actor: user.id, user }, { credentialId: id, reason: 'unused', from: ask.from })
  return unused.length
}

export const listOwnSessions = async (needs: Pick<World, 'credentials'>, userId: string): Promise<Credential[]> =>
  (await needs.credentials.list({ userId, kinds: ['session'], status: 'active' }, { limit: 100 })).items

/** Signs out every other browser; the one in which the person asks stays. */
export const endOtherSessions = (needs: Needs, { user, credential }: Session, from: Source): Promise<number> =>
  needs.credentials.revokeAll(
    { userId: user.id, kinds: ['session'], except: credential.fingerprint },
    {
      at: needs.now(),
      event: 'revoked',
      about: 'session',
      actor: user.id,
      userId: user.id,
      reason: 'signed-out-elsewhere',
      ...from,
    },
  )

export type RevokeUnused = { unusedSince: number; from: Source }
type Needs = Pick<World, 'credentials' | 'clients' | 'now'>
