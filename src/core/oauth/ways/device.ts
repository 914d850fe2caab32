import { LONGEST_CODE_SECONDS } from './redirect.ts'
import type { WayRules } from './way.ts'

/**
 * The program asks by its device code, so the authorization code never leaves the server. The code has the longest life
 * that is allowed.
 */
export const device: WayRules<'device'> = {
  check: () => undefined,
  address: () => ({ redirectUri: '', redirectUriSent: false }),
  codeSeconds: () => LONGEST_CODE_SECONDS,
  grantSeconds: ({ grantSeconds }) => grantSeconds,
  inSameBrowser: false,
  otherBrowser: 'refused',
  listsScopes: false,
}
