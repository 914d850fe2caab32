import type { Client } from '../../../model/client.ts'
import { statusOf } from '../../../model/credential.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { BrowserAct } from '../../../model/session.ts'
import type { World } from '../../world.ts'
import { codeFor, grantedBy, type Outcome, refusedTo } from './authorize.ts'
import { findInteraction, type Interaction } from './interaction.ts'
import type { Step } from './next-step.ts'
import { grantWithCode } from './open-grant.ts'
import { clientOf, returnAddress } from './return-address.ts'

/* A stored authorization request on its way to an answer: what its two decisions, resuming and answering, share. */

/** A stored request that waits for its answer, and the application that waits with it. */
export type Waiting = { client: Client; interaction: Interaction }

/** The request, and its client as it is now: disabled, deleted or re-registered meanwhile, it is judged anew. */
export async function findWaitingRequest(needs: Needs, act: BrowserAct, secret: string): Promise<Waiting> {
  const interaction = await findInteraction(needs, act, secret)
  const client = await clientOf(needs, interaction.request.clientId)
  returnAddress(client, interaction.request)
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
    if (error instanceof Refusal && error.code === 'interaction-unknown') throw error
    return refusedTo(needs, act, { client, to: interaction.request }, error)
  }
}

/** Spends the waiting request and answers with a code. */
export async function allow(
  needs: Needs,
  { from }: BrowserAct,
  { client, interaction }: Waiting,
  { session, scopes }: Step & { is: 'consent' | 'settled' },
): Promise<Outcome> {
  const { user } = session
  const { credential, request, secret } = interaction
  const { grant, code } = grantWithCode(needs, { client, user, request, scopes, interaction: secret })
  const outcome = await needs.credentials.redeem(
    {
      fingerprint: credential.fingerprint,
      kind: 'interaction',
      at: grant.createdAt,
      issues: [code.credential],
      newGrant: grant,
      holder: user,
    },
    grantedBy({ by: { is: 'user', user }, from }, grant),
  )
  if (outcome === 'redeemed') return codeFor(needs, { client, to: request, scopes }, code)
  // A second click: the first one's answer again, as long as the application has not taken it.
  const given = await needs.credentials.find(code.credential.fingerprint)
  if (!given || given.userId !== user.id || statusOf(given, needs.now()) !== 'active') throw answeredBefore(interaction)
  const scopesThen = given.scopes ?? []
  return codeFor(needs, { client, to: request, scopes: scopesThen }, { secret: code.secret, credential: given })
}

export const answeredBefore = ({ credential }: Interaction): Refusal =>
  new Refusal('interaction-unknown', `interaction ${credential.id} was answered before`)

type Needs = Pick<World, 'directory' | 'credentials' | 'scopes' | 'vault' | 'witness' | 'now'>
