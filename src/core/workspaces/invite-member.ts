import { Secret } from 'otpauth'
import { aboutCredential, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { DAY } from '../../model/span.ts'
import type { Act, Oneself } from '../../model/users/actor.ts'
import { makeCredential } from '../credentials/issue/make-credential.ts'
import type { World } from '../world.ts'

const INVITATION_MILLISECONDS = 7 * DAY

/** Makes an invitation code for a workspace. It is valid for seven days and any number of people. */
export async function inviteMember(needs: Needs, act: Act<Oneself>, ask: { workspaceId: string }): Promise<Invitation> {
  const { user } = act.by
  if ((await needs.workspaces.roleIn(ask.workspaceId, user.id)) !== 'admin')
    throw new Refusal('permission-missing', `${user.id} does not administer ${ask.workspaceId.slice(0, 40)}`)
  const now = needs.now()
  const expiresAt = now + INVITATION_MILLISECONDS
  const { secret, credential } = makeCredential(needs, 'invitation', {
    secret: new Secret({ size: 20 }).base32,
    userId: user.id,
    createdAt: now,
    expiresAt,
    data: { workspaceId: ask.workspaceId },
  })
  const thing = { ...aboutCredential(credential), about: 'invitation' }
  const when = { at: now, detail: { workspace: ask.workspaceId } }
  await needs.credentials.issue([credential], entry(act, 'issued', thing, when))
  return { code: secret, workspaceId: ask.workspaceId, expiresAt }
}

export type Invitation = { code: string; workspaceId: string; expiresAt: number }
type Needs = Pick<World, 'workspaces' | 'credentials' | 'vault' | 'now'>
