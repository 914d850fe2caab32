import type { AcceptedDialects } from '../../model/credentials/verdict.ts'
import { type Say, sayApiKey, sayMastodon, sayOAuth, sayTokenapi, sayZebbra, sayZocial } from './denials.ts'

/**
 * The dialects that a route accepts and the format of its refusals. The profile of the route decides the format; the
 * kind of the presented credential has no influence on it.
 */
export const PROFILES = {
  oauth: { dialects: undefined, say: sayOAuth },
  apikey: { dialects: ['apikey'], say: sayApiKey, apiKeyParameter: 'api_key' },
  zocial: { dialects: ['zocial'], say: sayZocial },
  zebbra: { dialects: ['zebbra'], say: sayZebbra },
  tokenapi: { dialects: ['tokenapi'], say: sayTokenapi },
  mastodon: { dialects: ['mastodon'], say: sayMastodon },
} as const satisfies Record<string, Profile>

export type ProfileName = keyof typeof PROFILES
export const isProfileName = (name: string): name is ProfileName => Object.hasOwn(PROFILES, name)
export type Profile = {
  dialects: AcceptedDialects
  say: Say
  /** Query parameter that may contain an API key, unless the options of the guard name another one. */
  apiKeyParameter?: string
}
