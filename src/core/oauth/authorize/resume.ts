import type { BrowserAct } from '../../../model/users/session.ts'
import type { World } from '../../world.ts'
import { keyStep } from '../key-consent/key-step.ts'
import { nextStep } from './next-step.ts'
import { askConsent, askConsentByKey, type Outcome } from './outcome.ts'
import { allow, answeredBefore, answering, answerTo, bySession, findWaitingRequest } from './waiting-request.ts'

/** Continues a waiting request after a sign-in or a reload. Returns the next step. */
export async function resume(needs: Needs, act: BrowserAct, ask: { interaction: string }): Promise<Outcome> {
  const waiting = await findWaitingRequest(needs, act, ask.interaction)
  const { client, interaction } = waiting
  return answering(needs, act, waiting, async () => {
    const byKey = await keyStep(needs, interaction)
    if (byKey && (await answerTo(needs, interaction))) throw answeredBefore(interaction)
    if (byKey) return askConsentByKey(needs, client, interaction, byKey)
    const step = await nextStep(needs, act.session, client, interaction)
    if (step.is === 'sign-in') return { is: 'sign-in', interaction, client }
    if (step.is === 'settled') return allow(needs, act, waiting, bySession(step))
    if (await answerTo(needs, interaction)) throw answeredBefore(interaction)
    return askConsent(needs, client, interaction, step)
  })
}

type Needs = Pick<World, 'users' | 'lookups' | 'grants' | 'credentials' | 'scopes' | 'vault' | 'recorder' | 'now'>
