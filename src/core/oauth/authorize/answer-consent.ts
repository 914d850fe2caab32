import { aboutClient, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, UserActor } from '../../../model/users/actor.ts'
import type { BrowserAct, SessionAct } from '../../../model/users/session.ts'
import { makeCredential } from '../../credentials/issue/make-credential.ts'
import type { World } from '../../world.ts'
import { keyStep } from '../key-consent/key-step.ts'
import { endOf } from './interaction.ts'
import { nextStep } from './next-step.ts'
import { codeOf } from './open-grant.ts'
import type { Outcome } from './outcome.ts'
import {
  allow,
  answeredBefore,
  answering,
  answerTo,
  bySession,
  findWaitingRequest,
  type Waiting,
} from './waiting-request.ts'

/**
 * Applies the decision of a person who presented a key. If the key has ended since, the person must sign in or present
 * another key.
 */
export async function answerConsentByKey(needs: KeyNeeds, act: BrowserAct, ask: AnswerConsent): Promise<Outcome> {
  const waiting = await findWaitingRequest(needs, act, ask.interaction)
  const { client, interaction } = waiting
  return answering(needs, act, waiting, async () => {
    const step = await keyStep(needs, interaction)
    if (!step) return { is: 'sign-in', interaction, client }
    const { user, key } = step
    const by = { is: 'user', user, credentialId: key.id } as const
    if (ask.decision === 'deny') return deny(needs, { by, from: act.from }, waiting)
    return allow(needs, act, waiting, { ...step, authentication: { at: needs.now(), methods: [] } })
  })
}

/** Applies the person's decision to the sealed request, which can be answered once. */
export async function answerConsent(needs: Needs, act: BrowserAct & SessionAct, ask: AnswerConsent): Promise<Outcome> {
  const waiting = await findWaitingRequest(needs, act, ask.interaction)
  const { client, interaction } = waiting
  return answering(needs, act, waiting, async () => {
    if (ask.decision === 'deny') return deny(needs, act, waiting)
    const { request, askedAt } = interaction
    const step = await nextStep(needs, act.session, client, { request: { ...request, askAgain: true }, askedAt })
    // The sign-in that the request requires is still missing, so the decision has no effect.
    if (step.is === 'sign-in') return { is: 'sign-in', interaction, client }
    return allow(needs, act, waiting, bySession(step))
  })
}

/**
 * Stores the denial in place of the code, so that a later click makes no code. Idempotent. A request that was allowed
 * cannot be denied here; the refusal points to the account page.
 */
async function deny(needs: Needs, act: Act<UserActor>, { client, interaction }: Waiting): Promise<never> {
  const at = needs.now()
  const whom = { userId: act.by.user.id, clientId: client.id }
  const { credential } = makeCredential(needs, 'consent-denial', {
    ...whom,
    secret: codeOf(needs, interaction),
    createdAt: at,
    expiresAt: endOf(interaction),
    spentAt: at,
  })
  await needs.credentials.adopt(credential, entry(act, 'denied', { ...aboutClient(client), ...whom }, { at }))
  if ((await answerTo(needs, interaction))?.grantId) throw answeredBefore(interaction)
  throw new Refusal('consent-denied')
}

export type AnswerConsent = { interaction: string; decision: 'allow' | 'deny' }
type Needs = Pick<World, 'lookups' | 'grants' | 'credentials' | 'scopes' | 'vault' | 'recorder' | 'now'>
type KeyNeeds = Needs & Pick<World, 'users'>
