import type { Body } from '../../server/management.ts'
import type { Option } from '../program/command.ts'
import { type Options, usage } from '../program/options.ts'

/* Policy of one application, which overrides the policy of the server. */

export const POLICY: readonly Option[] = [
  {
    flags: '--pkce <rule>',
    about: 'of a confidential one: required, when-sent (for those that know no PKCE), or standard',
  },
  {
    flags: '--http-redirects <where>',
    about: 'where plain http may be answered: loopback, private (networks) or allowed',
  },
  { flags: '--out-of-band <rule>', about: 'codes shown on a page to be copied: allowed or refused' },
  { flags: '--pushed-requests <rule>', about: 'authorization requests sent ahead (RFC 9126): required or optional' },
  { flags: '--consent <when>', about: 'always, or remember what was allowed before' },
  { flags: '--access-token <life>', about: 'how long its access tokens live, as in 1h; never: until revoked' },
  { flags: '--refresh-token <life>', about: 'how long its refresh tokens live, as in 30d' },
  { flags: '--code <life>', about: 'how long its codes live, at most 10m' },
  { flags: '--default-scope <scopes>', about: "when a request names none; '' for all it may ask for" },
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
