import type { Query } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'

/**
 * The default view shows active credentials that people made, because people usually look for these. Other views show
 * ended and short-lived ones.
 */
export const VIEWS = [
  { value: 'kept', label: t('Keys and tokens'), ask: { made_by: 'people', status: 'live' } },
  { value: 'short', label: t('Short-lived'), ask: { made_by: 'protocol', status: 'live' } },
  { value: 'ended', label: t('Ended'), ask: { status: 'ended' } },
] as const satisfies readonly { value: string; label: string; ask: Query<'listCredentials'> }[]
export type View = (typeof VIEWS)[number]['value']

/** Kinds that sign-ins and token requests produce. */
const SHORT = new Set(['access_token', 'refresh_token', 'user_token'])
const ENDED = new Set(['expired', 'revoked'])

type Filters = Partial<Record<'view' | 'status' | 'kind' | 'client' | 'grant', string | undefined>>

/** The chosen view, or the view that contains the results of an older link. */
export function viewOf({ view, status, kind, client, grant }: Filters): View {
  const chosen = VIEWS.find(({ value }) => value === view)
  if (chosen) return chosen.value
  if (status !== undefined) return ENDED.has(status) ? 'ended' : 'kept'
  const short = grant ?? client ?? (kind?.split(',').every(one => SHORT.has(one)) ? kind : undefined)
  return short === undefined ? 'kept' : 'short'
}

export const askOf = (view: View): Query<'listCredentials'> => VIEWS.find(({ value }) => value === view)?.ask ?? {}
