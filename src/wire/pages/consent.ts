import { answerConsent, resume } from '../../core/authorize/answer-consent.ts'
import type { Outcome } from '../../core/authorize/authorize.ts'
import type { World } from '../../core/world.ts'
import type { PageRequest } from '../kit/page-request.ts'
import { checkCsrf } from '../kit/session.ts'
import type { ConsentForm } from './asks.ts'

/** A session that ended while the page was open is no accident: the person signs in and is asked again. */
export function decideConsent(world: World, who: PageRequest, { csrf, ...ask }: ConsentForm): Promise<Outcome> {
  const { session } = who
  if (!session) return resume(world, who, ask)
  checkCsrf(session.csrf, csrf)
  return answerConsent(world, { ...who, session }, ask)
}
