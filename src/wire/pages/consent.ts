import { answerConsent, resume } from '../../core/oauth/authorize/answer-consent.ts'
import type { Outcome } from '../../core/oauth/authorize/authorize.ts'
import type { World } from '../../core/world.ts'
import type { PageRequest } from '../ui/page-request.ts'
import { checkCsrf } from '../ui/session.ts'
import type { ConsentForm } from './asks.ts'

/** A session that ended while the page was open is no accident: the person signs in and is asked again. */
export function decideConsent(world: World, who: PageRequest, { csrf, ...ask }: ConsentForm): Promise<Outcome> {
  const { session } = who
  if (!session) return resume(world, who, ask)
  checkCsrf(session.csrf, csrf)
  return answerConsent(world, { ...who, session }, ask)
}
