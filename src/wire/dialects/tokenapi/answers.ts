import type { TokenPair } from '../../../core/credentials/make-token-pair.ts'
import type { WireAnswer } from '../../dialect.ts'

/**
 * JSON as Python writes it, with a space after colon and comma, for scripts that search the text; no charset, as
 * measured. What carries or judges a token stays out of caches, and the address with the token out of every Referer.
 */
export const answer = (
  status: number,
  body: Record<string, string | number | boolean>,
  headers: Record<string, string> = {},
): WireAnswer => ({
  status,
  headers: {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    ...headers,
  },
  body: `{${Object.entries(body)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(', ')}}`,
})

export const showPair = ({ token, user }: TokenPair): WireAnswer =>
  answer(200, { token, user: user.number, success: true })

export const showChecked = (): WireAnswer => answer(200, { success: true })
