import type { Client } from '../../../model/clients/client.ts'
import { returnAddress } from '../authorize/return-address.ts'
import type { ReturnAddress } from './way.ts'

/** RFC 6749 section 4.1.2: at most ten minutes, even if a policy allows more. */
export const LONGEST_CODE_SECONDS = 600

/** The answer goes through the browser to an address of the client. */
export const redirect = {
  check: (client: Client, way: ReturnAddress) => void returnAddress(client, way),
  address: ({ redirectUri, redirectUriSent }: ReturnAddress) => ({ redirectUri, redirectUriSent }),
  codeSeconds: ({ policy }: Client) => Math.min(policy.codeSeconds, LONGEST_CODE_SECONDS),
  grantSeconds: () => undefined,
  inSameBrowser: true,
  otherBrowser: 'allowed',
  listsScopes: false,
} as const
