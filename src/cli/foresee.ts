import { findCredential } from '../core/credentials/find-credential.ts'
import { type ForeseeEnding, foreseeEnding } from '../core/credentials/foresee-ending.ts'
import { findUser } from '../core/users/find-user.ts'
import { OPERATOR } from '../model/actor.ts'
import { type CredentialKind, hasEnded, KINDS } from '../model/credential.ts'
import { Refusal } from '../model/refusal.ts'
import type { Call, Ends, Foreseen } from './command.ts'

/* What would end, found as the verb itself will find it, so that a rehearsal refuses what the deed would refuse. */

type Foresee = Ends['foresee']

const counted = async (call: Call, what: string, ask: ForeseeEnding): Promise<Foreseen> => ({
  what,
  impact: await foreseeEnding(await call.world(), OPERATOR, ask),
})

/** Of the user that the first argument names. */
export const ofUser =
  (part: { kinds?: readonly CredentialKind[]; applications?: 'too' }): Foresee =>
  async call => {
    const { id, handle } = await findUser(await call.world(), call.options.argument(0))
    return counted(call, `the user ${handle}`, { of: 'user', id, ...part })
  }

export const ofCredential: Foresee = async call => {
  const { id, kind, name, hint } = await findCredential(
    await call.world(),
    OPERATOR,
    call.options.argument(0),
    'credentialImpact',
  )
  const what = `${KINDS[kind].shown.replaceAll('_', ' ')} ${name ? `"${name}" (${hint})` : hint}`
  return counted(call, what, { of: 'credentials', ids: [id] })
}

export const ofClient: Foresee = async call => {
  const world = await call.world()
  const client = await world.clients.byId(call.options.argument(0))
  const what = `the application "${client?.name ?? ''}"`
  return counted(call, what, { of: 'client', id: call.options.argument(0) })
}

/** What stops are its secrets; what was done with its tokens tells how busy it is. */
export const ofClientSecrets: Foresee = async call => {
  const { impact } = await ofClient(call)
  const client = await (await call.world()).clients.byId(call.options.argument(0))
  const alive = client?.secrets.filter(({ expiresAt }) => !hasEnded(expiresAt, Date.now())).length ?? 0
  const what = `the secrets of the application "${client?.name ?? ''}"`
  return { what, ...(impact && { impact: { ...impact, credentials: alive } }) }
}

export const ofGrant: Foresee = async call => {
  const world = await call.world()
  const id = call.options.argument(0)
  const grant = await world.grants.byId(id)
  const client = grant && (await world.clients.byId(grant.clientId))
  return counted(call, `what "${client?.name ?? grant?.clientId ?? ''}" was allowed`, { of: 'grants', ids: [id] })
}

/** Of what no credential hangs on: it must be there, and nothing is counted. */
export const ofThing =
  (noun: string, isThere: (call: Call, name: string) => Promise<unknown>): Foresee =>
  async call => {
    const name = call.options.argument(0)
    if (!(await isThere(call, name)))
      throw new Refusal('not-found', `no ${noun} ${name.slice(0, 80)}`, { sentence: `There is no such ${noun}.` })
    return { what: `the ${noun} ${name}` }
  }

/** Of the installation as a whole: it must be there. */
export const ofInstallation =
  (what: string): Foresee =>
  async call => {
    await call.world()
    return { what }
  }
