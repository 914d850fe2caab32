import { answerConsent, answerConsentByKey } from '../../core/oauth/authorize/answer-consent.ts'
import { openInteraction } from '../../core/oauth/authorize/interaction.ts'
import type { Outcome } from '../../core/oauth/authorize/outcome.ts'
import { resume } from '../../core/oauth/authorize/resume.ts'
import type { World } from '../../core/world.ts'
import { checkForm } from '../ui/browser.ts'
import type { PageRequest } from '../ui/page-request.ts'
import type { ConsentForm } from './asks.ts'

/** If the session ended while the page was open, the person signs in and is asked again. */
export function decideConsent(world: World, who: PageRequest, { csrf, ...ask }: ConsentForm): Promise<Outcome> {
  if (openInteraction(world, who, ask.interaction).keyId !== undefined) {
    checkForm(world, who, csrf)
    return answerConsentByKey(world, who, ask)
  }
  const { session, by } = who
  if (!session || by.is !== 'user') return resume(world, who, ask)
  checkForm(world, who, csrf, session)
  return answerConsent(world, { ...who, by, session }, ask)
}
