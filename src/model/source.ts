/** The source of a request, for the journal and for limits. */
export type Source = {
  requestId?: string
  /** In canonical form (`parseAddress`). */
  ip?: string
  userAgent?: string
  /** A process of this machine asked without a proxy; limits of open endpoints do not count such requests. */
  ownMachine?: true
  /** The cookie in which the browser stores its earlier sign-ins (`addToDevice`). */
  device?: string
}
