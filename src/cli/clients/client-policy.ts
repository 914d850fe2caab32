import type { Body } from '../../server/management.ts'
import type { Option } from '../program/command.ts'
import { type Options, usage } from '../program/options.ts'

/* Policy of one application, which overrides the policy of the server. */

export const POLICY: readonly Option[] = [
  {
    flags: '--pkce <rule>',
    about:
      'PKCE rule of a confidential client: required, when-sent (for clients without PKCE), or standard (the rule of the server)',
  },
  {
    flags: '--http-redirects <where>',
    about: 'hosts for which a redirect address may use http: loopback, private (private networks) or allowed (all)',
  },
  { flags: '--out-of-band <rule>', about: 'show the code on a page for the user to copy: allowed or refused' },
  { flags: '--pushed-requests <rule>', about: 'pushed authorization requests (RFC 9126): required or optional' },
  {
    flags: '--consent <when>',
    about: 'when to ask for consent: always, or remember (not again for scopes that were allowed)',
  },
  { flags: '--access-token <life>', about: 'lifetime of access tokens, such as 1h; never: valid until revoked' },
  { flags: '--refresh-token <life>', about: 'lifetime of refresh tokens, such as 30d' },
  { flags: '--code <life>', about: 'lifetime of authorization codes, such as 60s; at most 10m' },
  {
    flags: '--default-scope <scopes>',
    about: "scopes for requests that name none; '' for all scopes of the application",
  },
]

export type Policy = NonNullable<Body<'changeClient'>['policy']>

/** Reads the policy from the options. Returns no `policy` if no policy option is given. */
export function readPolicy(options: Options): { policy?: Policy } {
  const change: Policy = {}
  const pkce = options.oneOf('pkce', ['required', 'when-sent', 'standard'])
  const httpRedirects = options.oneOf('httpRedirects', ['loopback', 'private', 'allowed'])
  const outOfBand = options.oneOf('outOfBand', ['allowed', 'refused'])
  const pushedRequests = options.oneOf('pushedRequests', ['required', 'optional'])
  const consent = options.oneOf('consent', ['always', 'remember'])
  const endless = options.one('accessToken') === 'never'
  const access = endless ? null : life(options, 'accessToken', ' or never')
  const [refresh, code] = [life(options, 'refreshToken'), life(options, 'code', '', 600)]
  const scopes = options.scopes('defaultScope')
  if (pkce) change.pkce = pkce === 'standard' ? null : pkce
  if (httpRedirects) change.http_redirects = httpRedirects
  if (outOfBand) change.out_of_band = outOfBand
  if (pushedRequests) change.pushed_requests = pushedRequests
  if (consent) change.consent = consent
  if (access !== undefined) change.access_token_seconds = access
  if (refresh !== undefined) change.refresh_token_seconds = refresh
  if (code !== undefined) change.code_seconds = code
  if (scopes) change.default_scopes = scopes.length > 0 ? scopes : null
  return Object.keys(change).length > 0 ? { policy: change } : {}
}

const LONGEST_LIFE = 315_360_000
function life(options: Options, name: string, orElse = '', most = LONGEST_LIFE): number | undefined {
  const seconds = options.duration(name, orElse)
  if (seconds !== undefined && (seconds < 1 || seconds > most))
    throw usage(name, `must be from 1s to ${most}s, not ${seconds}s`)
  return seconds
}
