import { LONGEST_CODE_SECONDS } from './redirect.ts'
import type { WayRules } from './way.ts'

/** The code never leaves the server: the program asks by its device code. It waits as long as any code may. */
export const device: WayRules<'device'> = {
  check: () => undefined,
  address: () => ({ redirectUri: '', redirectUriSent: false }),
  codeSeconds: () => LONGEST_CODE_SECONDS,
  grantSeconds: ({ grantSeconds }) => grantSeconds,
  otherBrowser: 'refused',
  listsScopes: false,
}
