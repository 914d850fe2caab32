/** Tells load balancers if this server can take requests. */
export type Health = {
  /** Reports the server as not ready from now on, so that load balancers send no new requests. */
  drain(): void
  draining(): boolean
  examine(): Promise<Readiness>
}

export type Readiness = { ready: boolean; checks: { name: string; ok: boolean; found: string }[] }
