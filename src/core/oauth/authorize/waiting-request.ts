import type { Client } from '../../../model/clients/client.ts'
import { statusOf } from '../../../model/credentials/credential.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { type BrowserAct, rootOf } from '../../../model/users/session.ts'
import type { World } from '../../world.ts'
import { rulesOf } from '../ways/ways.ts'
import { grantedBy } from './granted-by.ts'
import { type Interaction, openInteraction } from './interaction.ts'
import type { Step } from './next-step.ts'
import { codeOf, grantWithCode, type Permission } from './open-grant.ts'
import { codeFor, type Outcome, refusedTo } from './outcome.ts'
import { clientOf } from './return-address.ts'

/* Common parts of resuming and answering a sealed request. */

/** A sealed request and its client. */
export type Waiting = { client: Client; interaction: Interaction }

/**
 * Opens a request and reads its current client. Checks the client again, because it may be disabled, deleted or changed.
 */
export async function findWaitingRequest(needs: Needs, act: BrowserAct, sealed: string): Promise<Waiting> {
  const interaction = openInteraction(needs, act, sealed)
  const client = await clientOf(needs, interaction.request.clientId)
  rulesOf(interaction.request.way).check(client, interaction.request.way)
  return { interaction, client }
}

/** Runs the answer to a request. A refusal becomes an answer to the application. */
export async function answering(
  needs: Needs,
  act: BrowserAct,
  { client, interaction }: Waiting,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'interaction-answered') throw error
    return refusedTo(needs, act, { client, way: interaction.request.way }, error)
  }
}

/** The permission of a person who signed in. */
export const bySession = ({ session, scopes }: Step & { is: 'consent' | 'settled' }): Permission => {
  const { user, authentication, credential } = session
  return { user, authentication, sessionId: rootOf(credential), scopes }
}

/** Answers with a code. The code's unique row decides between several answers. */
export async function allow(
  needs: Needs,
  { from }: BrowserAct,
  { client, interaction }: Waiting,
  permission: Permission,
): Promise<Outcome> {
  const { user, scopes, key } = permission
  const { request } = interaction
  const { grant, code } = grantWithCode(needs, { ...permission, client, request, interaction })
  const by = { is: 'user', user, ...(key && { credentialId: key.id }) } as const
  const allowed = grantedBy({ by, from }, grant)
  const opened = await needs.grants.open(grant, code.credential, allowed, user)
  if (opened === 'opened') return codeFor(needs, { client, way: request.way, scopes }, code)
  if (opened === 'outdated') throw new Refusal('login-required', `all of ${user.id} was ended at the same moment`)
  // A second click gets the first answer again, while the application has not redeemed the code.
  const given = await answerTo(needs, interaction)
  if (!given?.grantId || given.userId !== user.id || statusOf(given, needs.now()) !== 'active')
    throw answeredBefore(interaction)
  const scopesThen = given.scopes ?? []
  return codeFor(needs, { client, way: request.way, scopes: scopesThen }, { secret: code.secret, credential: given })
}

/** The row of the request's answer: its code, or a denial. Undefined before the answer. */
export const answerTo = (needs: Pick<World, 'credentials' | 'vault'>, interaction: Interaction) =>
  needs.credentials.findAny(needs.vault.fingerprint(codeOf(needs, interaction)))

export const answeredBefore = ({ id }: Interaction): Refusal =>
  new Refusal('interaction-answered', `interaction ${id} was answered before`)

type Needs = Pick<World, 'lookups' | 'grants' | 'credentials' | 'scopes' | 'vault' | 'recorder' | 'now'>
