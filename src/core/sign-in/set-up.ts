import { statusOf } from '../../model/credential.ts'
import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import { type Made, makeCredential } from '../credentials/make-credential.ts'
import { type CreateUser, checkEmail, checkHandle, nameTaken, newUser } from '../users/create-user.ts'
import type { Source, World } from '../world.ts'

const LIFE_MILLISECONDS = 15 * 60_000

/** Does anybody run this installation? Until then a server offers a link at each start. */
export async function hasAdmin(needs: Pick<World, 'users'>): Promise<boolean> {
  return (await needs.users.countByRole('owner')) + (await needs.users.countByRole('admin')) > 0
}

/**
 * A link with which one person makes one owner account: shown on the machine itself, good once, for 15 minutes.
 * `first` is what a server prints at its start and ends with the first admin; `another` is the operator's explicit wish.
 */
export async function openSetUp(
  needs: Pick<World, 'credentials' | 'vault' | 'now'>,
  purpose: 'first' | 'another',
): Promise<Made> {
  const now = needs.now()
  const made = makeCredential(needs, 'setup-link', {
    createdAt: now,
    expiresAt: now + LIFE_MILLISECONDS,
    data: { note: purpose },
  })
  const { id } = made.credential
  await needs.credentials.issue([made.credential], {
    at: now,
    event: 'issued',
    about: 'credential',
    aboutId: id,
    actor: 'operator',
    credentialId: id,
    detail: { kind: 'setup-link' },
  })
  return made
}

/** Is this link still good? The page asks before it shows its form. */
export async function checkSetUp(needs: Needs, secret: string): Promise<void> {
  await findLink(needs, secret)
}

/** Makes the owner account. The link is spent together with that, so a typing error does not burn it. */
export async function setUp(needs: Needs, ask: SetUp): Promise<User> {
  const { secret, ...account } = ask
  const link = await findLink(needs, secret)
  checkHandle(account.handle)
  if (account.email !== undefined) checkEmail(account.email)
  const made = await newUser(needs, { ...account, role: 'owner' })
  const opensFor = link.data.note === 'first' ? 'first' : 'another'
  const user = await needs.users.createByLink(
    made,
    { fingerprint: link.fingerprint, opensFor },
    {
      at: made.createdAt,
      event: 'created',
      about: 'user',
      aboutId: made.id,
      actor: 'operator',
      userId: made.id,
      credentialId: link.id,
      ...ask.from,
    },
  )
  if (user === 'name-taken') throw nameTaken(account)
  if (user === 'spent') throw new Refusal('invite-unknown', `link ${link.id} was used at the same moment`)
  if (user === 'admin-exists') throw new Refusal('invite-unknown', `link ${link.id}: somebody else was first`)
  return user
}

async function findLink(needs: Needs, secret: string) {
  const link = await needs.credentials.find(needs.vault.fingerprint(secret))
  if (link?.kind !== 'setup-link') throw new Refusal('invite-unknown', 'no such set-up link')
  const state = statusOf(link, needs.now())
  if (state === 'expired') throw new Refusal('invite-expired', `link ${link.id} has expired`)
  if (state !== 'active') throw new Refusal('invite-unknown', `link ${link.id} is ${state}`)
  if (link.data.note === 'first' && (await hasAdmin(needs)))
    throw new Refusal('invite-unknown', `link ${link.id}: there is an admin already`)
  return link
}

export type SetUp = Pick<CreateUser, 'handle' | 'email' | 'firstName' | 'lastName'> & {
  secret: string
  password: string
  from: Source
}
type Needs = Pick<World, 'users' | 'credentials' | 'vault' | 'passwords' | 'rules' | 'now'>
