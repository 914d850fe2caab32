import type { Client } from '../../../model/client.ts'

/* The way on which the answer to a request gets back to its application. A way is data of the request; its rules stand in a file of its own. */

/** An address that belongs to the client, and what must come back unchanged. */
export type ReturnAddress = {
  redirectUri: string
  /** Whether the request named the address itself; the token request must then name it again (RFC 6749 section 4.1.3). */
  redirectUriSent: boolean
  state?: string
}

/** A program on another device (RFC 8628): the person answers here, and the program asks for the answer. */
export type WaitingDevice = {
  /** As the device shows it. */
  userCode: string
  /** When and from where the program asked. */
  askedAt: number
  ip?: string
  /** How long the access should last. */
  grantSeconds?: number
}

type WayData = {
  /** The browser is sent to the address with the answer in its query. */
  redirect: ReturnAddress
  /** The person copies the code from a page (`urn:ietf:wg:oauth:2.0:oob`). */
  'by-hand': ReturnAddress
  device: WaitingDevice
}

export type WayName = keyof WayData
export type Way<Name extends WayName = WayName> = { [N in Name]: { is: N } & WayData[N] }[Name]

/** What is decided differently on each way. */
export type WayRules<Name extends WayName> = {
  /** Refuses what the client is not registered for any more. */
  check(client: Client, way: Way<Name>): void
  /** What the token request must repeat. */
  address(way: Way<Name>): Omit<ReturnAddress, 'state'>
  /** Seconds until the code ends. */
  codeSeconds(client: Client): number
  /** Seconds that the access should last, where the request says so. */
  grantSeconds(way: Way<Name>): number | undefined
  /** Whether another browser may take up the request. */
  otherBrowser: 'allowed' | 'refused'
  /** Whether the page of the answer says what was allowed. */
  listsScopes: boolean
}
