import type { Client } from '../../../model/client.ts'
import { statusOf } from '../../../model/credential.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { BrowserAct } from '../../../model/session.ts'
import type { World } from '../../world.ts'
import { rulesOf } from '../ways/ways.ts'
import { codeFor, grantedBy, type Outcome, refusedTo } from './authorize.ts'
import { type Interaction, openInteraction } from './interaction.ts'
import type { Step } from './next-step.ts'
import { codeOf, grantWithCode } from './open-grant.ts'
import { clientOf } from './return-address.ts'

/* A sealed authorization request on its way to an answer: what its two decisions, resuming and answering, share. */

/** A sealed request that waits for its answer, and the application that waits with it. */
export type Waiting = { client: Client; interaction: Interaction }

/** The request, and its client as it is now: disabled, deleted or re-registered meanwhile, it is judged anew. */
export async function findWaitingRequest(needs: Needs, act: BrowserAct, sealed: string): Promise<Waiting> {
  const interaction = openInteraction(needs, act, sealed)
  const client = await clientOf(needs, interaction.request.clientId)
  rulesOf(interaction.request.way).check(client, interaction.request.way)
  return { interaction, client }
}

/** Runs what answers a waiting request; a refusal is an answer to its application. */
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

/** Answers with a code. Its row decides which of several answers to one request counts. */
export async function allow(
  needs: Needs,
  { from }: BrowserAct,
  { client, interaction }: Waiting,
  { session, scopes }: Step & { is: 'consent' | 'settled' },
): Promise<Outcome> {
  const { user, authentication } = session
  const { request } = interaction
  const { grant, code } = grantWithCode(needs, { client, user, authentication, request, scopes, interaction })
  const allowed = grantedBy({ by: { is: 'user', user }, from }, grant)
  const opened = await needs.grants.open(grant, code.credential, allowed, user)
  if (opened === 'opened') return codeFor(needs, { client, way: request.way, scopes }, code)
  if (opened === 'outdated') throw new Refusal('login-required', `all of ${user.id} was ended at the same moment`)
  // A second click: the first one's answer again, as long as the application has not taken it.
  const given = await answerTo(needs, interaction)
  if (!given?.grantId || given.userId !== user.id || statusOf(given, needs.now()) !== 'active')
    throw answeredBefore(interaction)
  const scopesThen = given.scopes ?? []
  return codeFor(needs, { client, way: request.way, scopes: scopesThen }, { secret: code.secret, credential: given })
}

/** The row that answers this request, if there is one: its code, or what stands in its place after a no. */
export const answerTo = (needs: Pick<World, 'credentials' | 'vault'>, interaction: Interaction) =>
  needs.credentials.findAny(needs.vault.fingerprint(codeOf(needs, interaction)))

export const answeredBefore = ({ id }: Interaction): Refusal =>
  new Refusal('interaction-answered', `interaction ${id} was answered before`)

type Needs = Pick<World, 'lookups' | 'grants' | 'credentials' | 'scopes' | 'vault' | 'recorder' | 'now'>
