import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** The channel on which processes tell each other that the revocation log has grown. */
export const CHANNEL = 'claviger_revocations'
/** How long to wait before a lost connection is opened anew, in milliseconds; polling bridges the gap. */
const AGAIN_AFTER = 1000

/** Hears notifications on a connection of its own; a shortcut only: polling finds what it misses, so its failures are ignored. */
export function listen(settings: pg.ClientConfig, onNews: () => Promise<void>): { close(): Promise<void> } {
  const stop = new AbortController()
  let client: pg.Client | undefined

  async function hear(): Promise<void> {
    client = new pg.Client(settings)
    const lost = new Promise<void>(resolve => {
      client?.on('error', () => resolve())
      client?.on('end', () => resolve())
    })
    client.on('notification', () => void onNews().catch(() => {}))
    // A connection that is ended while it is being made never answers `connect`.
    await Promise.race([client.connect(), lost])
    await client.query(`listen ${CHANNEL}`)
    void onNews().catch(() => {}) // notifications that were missed while not connected
    await lost
  }

  const hearing = (async () => {
    while (!stop.signal.aborted) {
      await hear().catch(() => {})
      await wait(AGAIN_AFTER, undefined, { signal: stop.signal, ref: false }).catch(() => {})
    }
  })()

  return {
    async close() {
      stop.abort()
      await client?.end().catch(() => {})
      await hearing
    },
  }
}
