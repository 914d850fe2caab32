import type { CredentialKind, Fingerprint } from '../model/credential.ts'
import { Refusal } from '../model/refusal.ts'
import { checkAbove, type Grantor, isOwn, requirePower } from './authority.ts'
import { hashNewPassword } from './create-user.ts'
import type { Source, World } from './world.ts'

/** What was obtained with a password, directly or through a sign-in, and falls with it. */
const FROM_PASSWORD: readonly CredentialKind[] = [
  'session',
  'interaction',
  'authorization-code',
  'access-token',
  'refresh-token',
  'user-token',
  'token-pair',
]
const KEYS: readonly CredentialKind[] = ['api-key', 'application-token']

/** A new password. Whoever knew the old one is signed out everywhere; keys and application tokens stay unless asked. */
export async function setPassword(needs: Needs, by: Grantor, ask: SetPassword): Promise<{ revoked: number }> {
  const user = await needs.users.byId(ask.userId)
  if (!user) throw new Refusal('user-unknown', `no user ${ask.userId}`)
  if (!isOwn(by, user.id)) {
    requirePower(by, 'users:write')
    checkAbove(by, user)
  }
  const password = await hashNewPassword(needs, ask.password)
  const about = { about: 'user', aboutId: user.id, actor: by.actor, userId: user.id, ...ask.from }
  const changed = await needs.users.change(
    user.id,
    { password },
    { ...about, at: needs.now(), event: 'changed', detail: { fields: ['password'] } },
  )
  if (!changed) throw new Refusal('user-unknown', `user ${user.id} was deleted meanwhile`)
  const revoked = await needs.credentials.revokeAll(
    {
      userId: user.id,
      kinds: ask.keys === 'revoke' ? [...FROM_PASSWORD, ...KEYS] : FROM_PASSWORD,
      ...(ask.except && { except: ask.except }),
    },
    { ...about, at: needs.now(), event: 'revoked', reason: 'password-changed' },
  )
  return { revoked }
}

export type SetPassword = {
  userId: string
  password: string
  keys: 'keep' | 'revoke'
  /** The session in which the person changes it. */
  except?: Fingerprint
  from: Source
}
type Needs = Pick<World, 'users' | 'credentials' | 'passwords' | 'rules' | 'now'>
