import { holds, isOwn, powersOf, requirePower } from '../../../core/authority.ts'
import { confirmPassword } from '../../../core/sign-in/confirm-password.ts'
import { changeUser } from '../../../core/users/change-user.ts'
import { createUser } from '../../../core/users/create-user.ts'
import { deleteUser } from '../../../core/users/delete-user.ts'
import { setPassword } from '../../../core/users/set-password.ts'
import type { World } from '../../../core/world.ts'
import { Refusal } from '../../../model/refusal.ts'
import { covers } from '../../../model/scope.ts'
import { ROLES, type Role, type User } from '../../../model/user.ts'
import type { Visitor } from '../callers.ts'
import { maybeSeconds, seconds, showUser } from '../show.ts'
import { given, type Handlers, pageOf, showPage, told, userIdOf } from './handler.ts'

export const userHandlers: Handlers<
  'getSession' | 'listUsers' | 'createUser' | 'getUser' | 'changeUser' | 'setPassword' | 'deleteUser'
> = {
  async getSession({ rules }, { by, session }) {
    if (!session) throw new Refusal('session-missing')
    const powers = [...powersOf(by)]
    const roles = Object.keys(ROLES) as Role[]
    return told({
      session_id: session.credential.id,
      user: showUser(session.user),
      permissions: powers,
      csrf: session.csrf,
      authenticated_at: seconds(session.authenticatedAt),
      expires_at: maybeSeconds(session.credential.expiresAt),
      issuer: rules.issuer,
      rules: {
        registration: rules.registration,
        password_min_length: rules.passwordMinLength,
        dialects: [...rules.dialects],
        roles: Object.fromEntries(roles.map(role => [role, [...ROLES[role]]])) as Record<Role, string[]>,
        grantable_roles: roles.filter(
          role => holds(by, 'users:write') && ROLES[role].every(power => covers(powers, power)),
        ),
      },
    })
  },

  async listUsers(world, _who, { query }) {
    const { q, role, active } = query
    const page = await world.users.list({
      ...pageOf(query),
      ...given<{ search?: string; role?: Role; active?: boolean }>({
        search: q,
        role,
        active: active === undefined ? undefined : active === 'true',
      }),
    })
    return told(showPage(page, showUser))
  },

  async createUser(world, { by }, { body, from }) {
    const { first_name, last_name, email, scopes, ...rest } = body
    const user = await createUser(world, by, {
      handle: rest.handle,
      from,
      ...given<Partial<Parameters<typeof createUser>[2]>>({
        role: rest.role,
        password: rest.password,
        email: email ?? undefined,
        firstName: first_name ?? undefined,
        lastName: last_name ?? undefined,
        scopes: scopes ?? undefined,
      }),
    })
    return { body: showUser(user), location: `/v1/users/${user.id}` }
  },

  getUser: async (world, who, { id }) => told(showUser(await seen(world, who, id))),

  async changeUser(world, who, { id, body, from }) {
    const { first_name, last_name, ...rest } = body
    const user = await seen(world, who, id)
    const change = given<Partial<Parameters<typeof changeUser>[2]>>({
      ...rest,
      firstName: first_name,
      lastName: last_name,
    })
    // A handle is a name others rely on; people change their own through those who may.
    if (change.handle !== undefined) requirePower(who.by, 'users:write')
    return told(showUser(await changeUser(world, who.by, { ...change, userId: user.id, from })))
  },

  async setPassword(world, who, { id, body, from }) {
    const user = await seen(world, who, id)
    const { session } = who
    if (isOwn(who.by, user.id)) await confirmPassword(world, user, { password: body.current_password, from })
    await setPassword(world, who.by, {
      userId: user.id,
      password: body.password,
      keys: 'keep',
      ...(session?.user.id === user.id && { except: session.credential.fingerprint }),
      from,
    })
    return told(showUser(await seen(world, who, user.id)))
  },

  async deleteUser(world, { by }, { id, from }) {
    await deleteUser(world, by, { userId: userIdOf(by, id), from })
    return told({ deleted: true })
  },
}

/** A user this one may know of. Another's account does not exist for those who lack the power. */
async function seen(world: World, { by }: Visitor, id: string): Promise<User> {
  const userId = userIdOf(by, id)
  const user =
    isOwn(by, userId) || holds(by, 'users:read') || holds(by, 'users:write')
      ? await world.users.byId(userId)
      : undefined
  if (!user) throw new Refusal('user-unknown', `no user ${userId.slice(0, 40)} for ${by.actor}`)
  return user
}
