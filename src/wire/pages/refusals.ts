import type { Refuse } from '../dialect.ts'
import { refuseWithPage, statusOfPage, wantsPage } from '../kit/error-page.ts'

/** People get a page, programs that strayed here get data. */
export const refusePages: Refuse = (refusal, request, world) => {
  if (wantsPage(request)) return refuseWithPage(refusal, request, world)
  const headers: Record<string, string> = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
  if (refusal.facts.allow) headers['allow'] = refusal.facts.allow.join(', ')
  if (refusal.facts.retryAfterSeconds !== undefined) headers['retry-after'] = String(refusal.facts.retryAfterSeconds)
  return {
    status: statusOfPage(refusal.code),
    headers,
    body: { error: refusal.code.replaceAll('-', '_'), error_description: refusal.text, request_id: request.id },
  }
}
