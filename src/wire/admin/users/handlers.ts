import { isOwn, isSelf, permits, requirePermission } from '../../../core/authority.ts'
import { foreseeEnding } from '../../../core/credentials/foresee-ending.ts'
import { confirmPassword } from '../../../core/sign-in/confirm-password.ts'
import { removeSecondFactor } from '../../../core/sign-in/methods/remove-second-factor.ts'
import { requireProof } from '../../../core/sign-in/require-proof.ts'
import { changeUser } from '../../../core/users/change-user.ts'
import { createUser } from '../../../core/users/create-user.ts'
import { deleteUser } from '../../../core/users/delete-user.ts'
import { FROM_PASSWORD, KEYS, setPassword } from '../../../core/users/set-password.ts'
import { userNamed } from '../../../core/users/user-named.ts'
import type { World } from '../../../core/world.ts'
import { OPENING_KINDS } from '../../../model/credentials/credential.ts'
import { missing } from '../../../model/refusals/missing.ts'
import { nameOf } from '../../../model/users/actor.ts'
import type { Role, User } from '../../../model/users/user.ts'
import { type AdminAct, requireFresh } from '../callers.ts'
import { showImpact } from '../credentials/impact.ts'
import { someKinds } from '../credentials/kinds.ts'
import { answered, given, type Handlers, pageOf, showPage, userIdOf } from '../handler.ts'
import type { usersOperations } from './operations.ts'
import { showUser } from './show.ts'

export const usersHandlers: Handlers<keyof typeof usersOperations> = {
  async listUsers(world, _who, { query }) {
    const { q, role, active, named } = query
    if (named !== undefined) {
      const user = await userNamed(world, named)
      return answered({ items: user ? [showUser(user)] : [], next_cursor: null })
    }
    const page = await world.users.list({
      ...pageOf(query),
      ...given<{ search?: string; role?: Role; active?: boolean }>({
        search: q,
        role,
        active: active === undefined ? undefined : active === 'true',
      }),
    })
    return answered(showPage(page, showUser))
  },

  async createUser(world, act, { body }) {
    const { first_name, last_name, email, scopes, ...rest } = body
    const user = await createUser(world, act, {
      handle: rest.handle,
      ...given<Partial<Parameters<typeof createUser>[2]>>({
        role: rest.role,
        password: rest.password,
        email: email ?? undefined,
        firstName: first_name ?? undefined,
        lastName: last_name ?? undefined,
        scopes: scopes ?? undefined,
        claims: rest.claims,
      }),
    })
    return { body: showUser(user), location: `/v1/users/${user.id}` }
  },

  getUser: async (world, act, { id }) => answered(showUser(await seen(world, act, id))),

  async changeUser(world, act, { id, body }) {
    const { first_name, last_name, current_password: currentPassword, ...rest } = body
    const user = await seen(world, act, id)
    const change = given<Partial<Parameters<typeof changeUser>[2]>>({
      ...rest,
      firstName: first_name,
      lastName: last_name,
    })
    // Changing a handle requires the permission even for the own account, because other people rely on handles.
    if (change.handle !== undefined) requirePermission(act.by, 'changeUser')
    // For a change of the user's own account, the core asks for a proof if the change affects signing in.
    if (!isSelf(act.by, user.id) || POWERS.some(field => field in change)) requireFresh(world, act.session)
    return answered(showUser(await changeUser(world, act, { ...change, currentPassword, userId: user.id })))
  },

  async setPassword(world, act, { id, body }) {
    const user = await seen(world, act, id)
    const { by, session, from } = act
    if (isSelf(by, user.id)) {
      if (by.user.hasPassword) await confirmPassword(world, { by, from }, { password: body.current_password })
      else await requireProof(world, { by, from })
    } else requireFresh(world, session)
    await setPassword(world, act, {
      userId: user.id,
      password: body.password,
      keys: body.keys,
      ...(session?.user.id === user.id && { except: session.credential.fingerprint }),
    })
    return answered(showUser(await seen(world, act, user.id)))
  },

  removeSecondFactor: async (world, act, { id }) =>
    answered(showUser(await removeSecondFactor(world, act, { userId: userIdOf(act.by, id) }))),

  async deleteUser(world, act, { id }) {
    await deleteUser(world, act, { userId: userIdOf(act.by, id) })
    return answered({ deleted: true })
  },

  async userImpact(world, act, { id, query }) {
    const user = { of: 'user', id: userIdOf(act.by, id) } as const
    return answered(
      showImpact(await foreseeEnding(world, act, { ...user, ...ENDS[query.of], ...someKinds(query.kinds) })),
    )
  },
}

const ENDS = {
  account: { applications: 'too' },
  credentials: { kinds: OPENING_KINDS },
  password: { kinds: FROM_PASSWORD },
  password_and_keys: { kinds: [...FROM_PASSWORD, ...KEYS] },
} as const

/** Fields that change rights. */
const POWERS = ['role', 'scopes', 'active'] as const

/** Finds a user that the caller may see. Without the permission, all other users are "not found". */
async function seen(world: World, { by }: AdminAct, id: string): Promise<User> {
  const userId = userIdOf(by, id)
  const user =
    isOwn(by, userId) || permits(by, 'getUser') || permits(by, 'changeUser')
      ? await world.users.byId(userId)
      : undefined
  if (!user) throw missing('user', userId, nameOf(by))
  return user
}
