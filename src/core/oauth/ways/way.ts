import type { Client } from '../../../model/clients/client.ts'

/* A way is how the answer to a request gets to its application. The request contains the way's data; the way's rules are in its own file. */

/** An address of the client, and the state to return unchanged. */
export type ReturnAddress = {
  redirectUri: string
  /** True if the request named the address; the token request must then repeat it (RFC 6749 section 4.1.3). */
  redirectUriSent: boolean
  state?: string
}

/** A program on another device (RFC 8628): the person answers here, and the program asks for the answer. */
export type WaitingDevice = {
  /** As the device shows it. */
  userCode: string
  /** The time (in milliseconds) and network address of the program's request. */
  askedAt: number
  ip?: string
  /** The wanted duration of the access in seconds. */
  grantSeconds?: number
}

type WayData = {
  /** The browser is redirected to the address, with the answer in the query. */
  redirect: ReturnAddress
  /** The browser sends the answer to the address as a form. */
  'form-post': ReturnAddress
  /** The person copies the code from a page (`urn:ietf:wg:oauth:2.0:oob`). */
  'by-hand': ReturnAddress
  device: WaitingDevice
}

export type WayName = keyof WayData
export type Way<Name extends WayName = WayName> = { [N in Name]: { is: N } & WayData[N] }[Name]

/** Decisions that depend on the way. */
export type WayRules<Name extends WayName> = {
  /** Refuses a client that is no longer registered for this way. */
  check(client: Client, way: Way<Name>): void
  /** The address that the token request must repeat. */
  address(way: Way<Name>): Omit<ReturnAddress, 'state'>
  /** The life of the code in seconds. */
  codeSeconds(client: Client): number
  /** The wanted duration of the access in seconds, if the request names one. */
  grantSeconds(way: Way<Name>): number | undefined
  /**
   * True if the application runs in the browser of the person. Its grant then belongs to the session in this browser.
   */
  inSameBrowser: boolean
  /** Whether another browser may continue the request. */
  otherBrowser: 'allowed' | 'refused'
  /** Whether the page with the answer lists the granted scopes. */
  listsScopes: boolean
}
