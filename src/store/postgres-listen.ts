import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** The channel on which processes announce that the revocation log has grown. */
export const CHANNEL = 'claviger_revocations'
/** How long to wait before reconnecting, in milliseconds; polling continues meanwhile. */
const AGAIN_AFTER = 1000

/** Listens for notifications on its own connection. Polling finds every missed notification, so errors are ignored. */
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
    // A connection that is lost while connecting never settles `connect`.
    await Promise.race([client.connect(), lost])
    await client.query(`listen ${CHANNEL}`)
    void onNews().catch(() => {}) // for notifications that were missed without a connection
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
