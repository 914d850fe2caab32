import { type Credential, statusOf } from '../../model/credentials/credential.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import { hasAdmin } from './has-admin.ts'

/** Finds a valid set-up link, before the page shows its form. */
export async function checkSetUp(
  needs: Needs,
  _act: Act,
  { secret }: { secret: string },
): Promise<Credential<'setup-link'>> {
  const link = await needs.credentials.find('setup-link', needs.vault.fingerprint(secret))
  if (!link) throw new Refusal('invite-unknown', 'no such set-up link')
  const state = statusOf(link, needs.now())
  if (state === 'expired') throw new Refusal('invite-expired', `link ${link.id} has expired`)
  if (state !== 'active') throw new Refusal('invite-unknown', `link ${link.id} is ${state}`)
  if (link.data.opensFor === 'first' && (await hasAdmin(needs)))
    throw new Refusal('invite-unknown', `link ${link.id}: there is an admin already`)
  return link
}

type Needs = Pick<World, 'users' | 'credentials' | 'vault' | 'now'>
