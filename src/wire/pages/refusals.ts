import type { Refuse } from '../dialect.ts'
import { FORM_CHALLENGE } from '../oauth/challenges.ts'
import { factHeaders } from '../oauth/standard-refusals.ts'
import { refuseWithPage, statusOfPage, wantsPage } from '../ui/error-page.ts'

/** Answers browsers with a page and programs with JSON. */
export const refusePages: Refuse = (refusal, request, world) => {
  if (wantsPage(request)) return refuseWithPage(refusal, request, world)
  const status = statusOfPage(refusal.code)
  return {
    status,
    headers: {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(status === 401 && { 'www-authenticate': FORM_CHALLENGE }),
      ...factHeaders(refusal),
    },
    body: { error: refusal.code.replaceAll('-', '_'), error_description: refusal.text, request_id: request.id },
  }
}
