import { randomId } from '../../crypto/credential-format.ts'
import { statusOf } from '../../model/credentials/credential.ts'
import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, SelfRegistration } from '../../model/users/actor.ts'
import type { NewUser, User } from '../../model/users/user.ts'
import type { Workspace } from '../../model/users/workspace.ts'
import { checkName } from '../clients/name-rules.ts'
import { checkPassword, hashNewPassword } from '../users/new-password.ts'
import { checkEmail, checkHandle } from '../users/user-rules.ts'
import type { World } from '../world.ts'
import { describeMember, type Member } from './describe-member.ts'

/**
 * Registers an account and its workspace, new or by invitation, in one transaction. The look-ups here only choose the
 * message; unique indexes decide between concurrent requests.
 */
export async function registerMember(needs: Needs, act: Act<SelfRegistration>, ask: RegisterMember): Promise<Member> {
  refuseClosed(needs, ask)
  needs.throttle.count('account-registration', act.from)
  if (await needs.users.byName(ask.name)) throw taken(ask.name)
  const place = await choosePlace(needs, ask)
  checkPassword(needs, ask.password)
  const isAddress = ask.name.includes('@')
  if (isAddress) checkEmail(ask.name)
  else checkHandle(ask.name)
  const password = await hashNewPassword(needs, ask.password, [ask.name])

  for (const handle of isAddress ? handlesFor(ask.name) : [ask.name]) {
    const user = await register(needs, act, { ask, handle, password, place })
    if (user === 'workspace-name-taken' || user === 'workspace-unknown') throw new Refusal(user)
    if (user !== 'name-taken') return describeMember(needs, { by: { is: 'user', user }, from: act.from })
    if (await needs.users.byName(ask.name)) break // This checks the address itself, and not only the handle that is derived from it.
  }
  throw taken(ask.name)
}

function refuseClosed(needs: Needs, ask: RegisterMember): void {
  const { registration } = needs.rules
  if (registration === 'closed') throw new Refusal('registration-closed')
  if (registration === 'invite' && ask.invitation === undefined)
    throw new Refusal('registration-closed', 'no invitation', { sentence: 'Registration needs an invitation here.' })
}

const taken = (name: string) => new Refusal('name-taken', `${name.slice(0, 100)} is in use`, { parameter: 'name' })

async function choosePlace(needs: Needs, ask: RegisterMember): Promise<Place> {
  if ((ask.invitation === undefined) === (ask.workspaceName === undefined)) throw new Refusal('workspace-unclear')
  if (ask.workspaceName !== undefined) {
    checkName(ask.workspaceName)
    if (await needs.workspaces.byName(ask.workspaceName)) throw new Refusal('workspace-name-taken')
    return { founds: { id: randomId(), name: ask.workspaceName, createdAt: needs.now() } }
  }
  const invitation = await needs.credentials.find('invitation', needs.vault.fingerprint(ask.invitation ?? ''))
  if (!invitation) throw new Refusal('invite-unknown')
  const { workspaceId } = invitation.data
  const status = statusOf(invitation, needs.now())
  if (status === 'expired') throw new Refusal('invite-expired')
  // An invitation requires that its maker is still an administrator.
  const maker = invitation.userId === undefined ? undefined : await needs.users.byId(invitation.userId)
  const stillAdmin = maker?.active && (await needs.workspaces.roleIn(workspaceId, maker.id)) === 'admin'
  if (status !== 'active' || !stillAdmin) throw new Refusal('invite-unknown', `invitation ${invitation.id} is void`)
  return { joins: workspaceId }
}

/**
 * Generates candidates for a handle from the local part of an address: unchanged, then with numbers, then with random
 * characters.
 */
function* handlesFor(address: string): Generator<string> {
  const local = address.split('@')[0]?.slice(0, 60) || 'user'
  yield local
  for (let i = 2; i <= 9; i++) yield `${local}${i}`
  for (let i = 0; i < 3; i++) yield `${local}-${randomId().slice(0, 6)}`
}

function register(
  needs: Needs,
  act: Act<SelfRegistration>,
  { ask, handle, password, place }: { ask: RegisterMember; handle: string; password: string; place: Place },
): Promise<User | 'name-taken' | 'workspace-name-taken' | 'workspace-unknown'> {
  const createdAt = needs.now()
  const user: NewUser = {
    id: randomId(),
    handle,
    firstName: ask.firstName,
    lastName: ask.lastName,
    role: 'user',
    active: true,
    password,
    createdAt,
  }
  if (ask.name.includes('@')) user.email = ask.name
  const detail = { workspace: 'founds' in place ? place.founds.id : place.joins }
  return needs.workspaces.register(user, place, entry(act, 'created', aboutUser(user), { at: createdAt, detail }))
}

type Place = { founds: Workspace } | { joins: string }
export type RegisterMember = {
  /** The name to sign in with, usually an e-mail address. A name without an @ becomes the handle. */
  name: string
  firstName: string
  lastName: string
  password: string
  invitation?: string
  workspaceName?: string
}
type Needs = Pick<World, 'users' | 'workspaces' | 'credentials' | 'passwords' | 'vault' | 'throttle' | 'rules' | 'now'>
