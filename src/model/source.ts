/** Where a request came from, for the journal and for limits. */
export type Source = {
  requestId?: string
  /** In its canonical spelling (`parseAddress`). */
  ip?: string
  userAgent?: string
  /** A process of this machine asked, through no proxy: limits of open endpoints do not count it. */
  ownMachine?: true
  /** What the browser keeps of the people who signed in with it (`addToDevice`). */
  device?: string
}
