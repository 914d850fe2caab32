import { missing } from '../../model/refusals/missing.ts'
import type { Query, Answer as Told } from '../../server/management.ts'
import { findUser } from '../place/find-user.ts'
import { unlessMissing } from '../place/named.ts'
import type { Call, Ends, Foreseen } from './command.ts'

/* Predicts the effect of a verb by the same look-ups as the verb, so that `--dry-run` gives the same refusals. */

type Foresee = Ends['foresee']

/** Converts an impact of the management API. */
export const counted = (what: string, impact: Told<'userImpact'>): Foreseen => ({
  what,
  impact: {
    uses: impact.uses_24h,
    refusals: impact.refusals_24h,
    networks: impact.networks_24h,
    credentials: impact.credentials,
    users: impact.users,
    applications: impact.applications,
    ...(impact.last_used_at !== null && { lastUsedAt: impact.last_used_at * 1000 }),
  },
})

/** Predicts the effect on the credentials of the user that the first argument names. */
export const ofUser =
  (of: NonNullable<Query<'userImpact'>['of']>): Foresee =>
  async call => {
    const { id, handle } = await findUser(call, call.options.argument(0))
    return counted(`the user ${handle}`, await call.manage('userImpact', { id, query: { of } }))
  }

export const ofCredential: Foresee = async ({ manage, options }) => {
  const id = options.argument(0)
  const { kind, name, hint } = await manage('getCredential', { id })
  const what = `${kind.replaceAll('_', ' ')} ${name ? `"${name}" (${hint})` : hint}`
  return counted(what, await manage('credentialImpact', { id }))
}

/** Predicts the effect on a stored credential, or on an id that may belong to an access token without a row. */
export const ofEndable: Foresee = async call => {
  const id = call.options.argument(0)
  const known = !/^[0-9a-f]{24}$/.test(id) || (await call.manage('getCredential', { id }).catch(unlessMissing))
  return known ? ofCredential(call) : { what: 'the access token without a row that has this id, if there is one' }
}

export const ofClient: Foresee = async ({ manage, options }) => {
  const { id, name } = await manage('getClient', { id: options.argument(0) })
  return counted(`the application "${name}"`, await manage('clientImpact', { id }))
}

/** Counts the valid secrets of a client. The use is that of the client's tokens. */
export const ofClientSecrets: Foresee = async call => {
  const { what, impact } = await ofClient(call)
  const { items } = await call.manage('listClientSecrets', { id: call.options.argument(0) })
  const alive = items.filter(({ expires_at }) => expires_at === null || expires_at * 1000 > Date.now()).length
  return { what: `the secrets of ${what}`, ...(impact && { impact: { ...impact, credentials: alive } }) }
}

export const ofGrant: Foresee = async ({ manage, options }) => {
  const id = options.argument(0)
  return counted(`the permission ${id}`, await manage('grantImpact', { id }))
}

/** Predicts the effect on a thing without credentials: checks that the thing exists, and counts nothing. */
export const ofThing =
  (noun: string, isThere: (call: Call, name: string) => Promise<unknown>): Foresee =>
  async call => {
    const name = call.options.argument(0)
    if (!(await isThere(call, name))) throw missing(noun, name)
    return { what: `the ${noun} ${name}` }
  }

/** Predicts the effect on the whole installation: checks that the installation exists. */
export const ofInstallation =
  (what: string): Foresee =>
  async call => {
    await call.world()
    return { what }
  }
