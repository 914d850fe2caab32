import type { AcceptedDialects } from '../../model/verdict.ts'
import { type Say, sayApiKey, sayMastodon, sayOAuth, sayTokenapi, sayZebbra, sayZocial } from './denials.ts'

/**
 * What a route accepts and how it says no. The profile of the route decides the shape of an answer, never the kind of
 * credential that was sent.
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
  /** Query parameter in which an API key may stand, unless the guard says otherwise. */
  apiKeyParameter?: string
}
