import { Secret } from 'otpauth'
import { Refusal } from '../../model/refusal.ts'
import { DAY } from '../../model/span.ts'
import { makeCredential } from '../credentials/make-credential.ts'
import type { Source, World } from '../world.ts'
import type { TokenHolder } from './update-member.ts'

const INVITATION_MILLISECONDS = 7 * DAY

/** The administrator of a workspace lets others in: whoever shows the code within seven days, any number of people. */
export async function inviteMember(
  needs: Needs,
  { user }: TokenHolder,
  ask: { workspaceId: string; from: Source },
): Promise<Invitation> {
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
  await needs.credentials.issue([credential], {
    at: now,
    event: 'issued',
    about: 'invitation',
    aboutId: credential.id,
    actor: user.id,
    userId: user.id,
    credentialId: credential.id,
    detail: { workspace: ask.workspaceId },
    ...ask.from,
  })
  return { code: secret, workspaceId: ask.workspaceId, expiresAt }
}

export type Invitation = { code: string; workspaceId: string; expiresAt: number }
type Needs = Pick<World, 'workspaces' | 'credentials' | 'vault' | 'now'>
