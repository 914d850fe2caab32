/** Is this server fit to take requests? */
export type Health = {
  /** From now on it says that it is not ready, so that no new work is sent here. */
  drain(): void
  draining(): boolean
  examine(): Promise<Readiness>
}

export type Readiness = { ready: boolean; checks: { name: string; ok: boolean; found: string }[] }
