import type { TokenPair } from '../../../core/credentials/issue/make-token-pair.ts'
import type { WireAnswer } from '../../dialect.ts'

/**
 * JSON in Python's format, with a space after colon and comma, for scripts that search the text; without charset, as
 * measured. Answers about tokens are not cached, and no Referer contains an address with a token.
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
