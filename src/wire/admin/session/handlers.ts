import { permissionsOf, permits } from '../../../core/authority.ts'
import { forgetView } from '../../../core/journal/forget-view.ts'
import { keepView } from '../../../core/journal/keep-view.ts'
import { proveAgain } from '../../../core/sign-in/prove-again.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { covers } from '../../../model/scopes/scope.ts'
import { type Act, nameOf, type UserActor } from '../../../model/users/actor.ts'
import type { SavedView } from '../../../model/users/saved-view.ts'
import { ROLES, type Role } from '../../../model/users/user.ts'
import type { AdminAct } from '../callers.ts'
import { answered, type Handlers } from '../handler.ts'
import { maybeSeconds, seconds } from '../times.ts'
import { showUser } from '../users/show.ts'
import type { sessionOperations } from './operations.ts'

export const sessionHandlers: Handlers<keyof typeof sessionOperations> = {
  async getSession({ rules }, { by, session }) {
    if (!session) throw new Refusal('session-missing')
    const powers = [...permissionsOf(by)]
    const roles = Object.keys(ROLES) as Role[]
    return answered({
      session_id: session.credential.id,
      user: showUser(session.user),
      permissions: powers,
      csrf: session.csrf,
      authenticated_at: seconds(session.authentication.at),
      proven_at: seconds(session.provenAt),
      methods: [...session.authentication.methods],
      expires_at: maybeSeconds(session.credential.expiresAt),
      issuer: rules.issuer,
      rules: {
        registration: rules.registration,
        client_registration: rules.clientRegistration,
        password_min_length: rules.passwordMinLength,
        dialects: [...rules.dialects],
        free_scopes: rules.scopes === 'free',
        dialect_scopes: [...rules.knownScopes],
        roles: Object.fromEntries(roles.map(role => [role, [...ROLES[role]]])) as Record<Role, string[]>,
        grantable_roles: roles.filter(
          role => permits(by, 'createUser') && ROLES[role].every(power => covers(powers, power)),
        ),
      },
    })
  },

  async proveSession(world, act, { body }) {
    const { session } = act
    if (!session) throw new Refusal('session-missing')
    await proveAgain(world, { ...person(act), session }, body)
    return answered({ proven_at: seconds(world.now()) })
  },

  listViews: async (world, act) =>
    answered({ items: (await world.views.ofUser(person(act).by.user.id)).map(showView) }),

  putView: async (world, act, { id, body }) =>
    answered(showView(await keepView(world, person(act), { name: id, ...body }))),

  async deleteView(world, act, { id }) {
    await forgetView(world, person(act), { name: id })
    return answered({ deleted: true })
  },
}

const showView = ({ createdAt, ...view }: SavedView) => ({ ...view, created_at: seconds(createdAt) })

function person({ by, from }: AdminAct): Act<UserActor> {
  if (by.is !== 'user') throw new Refusal('user-required', `${nameOf(by)} is no user`)
  return { by, from }
}
