import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { stuck } from './outage.ts'

/** `SUSPICION`: milliseconds of waiting after which the server is tested. `DEADLINE`: milliseconds that the server has for its answer. */
const SUSPICION = 1000
const DEADLINE = 1000
/** How often a server that does not answer is tested again, in milliseconds. */
const AGAIN_AFTER = 250

/**
 * Distinguishes a slow statement from a server that no longer answers, by a query on a second connection. If that query
 * fails, all waiting work fails after two seconds, and new work fails at once until the server answers again.
 */
export type Pulse = {
  /** Returns the result of the work; rejects if the server stops answering. A result that arrives later goes to `abandon`. */
  during<T>(work: { begun: Promise<T>; abandon?: (late: T) => void }): Promise<T>
  /** Stops testing the server. */
  close(): void
}

export function openPulse(settings: pg.ClientConfig): Pulse {
  let dead = false
  let closed = false
  let asking: Promise<boolean> | undefined

  const hasPulse = (): Promise<boolean> => {
    asking ??= ask(settings).finally(() => {
      asking = undefined
    })
    return asking
  }
  async function die(): Promise<void> {
    if (dead) return
    dead = true
    while (!closed && !(await hasPulse())) await wait(AGAIN_AFTER, undefined, { ref: false })
    dead = false
  }

  return {
    close() {
      closed = true
    },
    during({ begun, abandon }) {
      return new Promise((resolve, reject) => {
        let settled = false
        const giveUp = () => {
          settled = true
          clearTimeout(timer)
          begun.then(abandon, () => {}) // the caller has already got an outage
          reject(stuck())
        }
        const suspect = async (): Promise<void> => {
          const alive = await hasPulse()
          if (settled) return
          if (alive) {
            timer = setTimeout(suspect, SUSPICION)
            return
          }
          void die()
          giveUp()
        }
        let timer = setTimeout(suspect, SUSPICION)
        if (dead) return giveUp()
        const settle =
          <V>(how: (value: V) => void) =>
          (value: V) => {
            if (settled) return
            settled = true
            clearTimeout(timer)
            how(value)
          }
        begun.then(settle(resolve), settle(reject))
      })
    },
  }
}

/** An error that the server sends also counts as an answer. */
async function ask(settings: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...settings, connectionTimeoutMillis: DEADLINE, query_timeout: DEADLINE })
  client.on('error', () => {})
  const late = new AbortController()
  const answer = client
    .connect()
    .then(() => client.query('select 1'))
    .then(
      () => true,
      error => error instanceof pg.DatabaseError,
    )
  const deadline = wait(DEADLINE, false, { signal: late.signal, ref: false }).catch(() => false)
  const alive = await Promise.race([answer, deadline])
  late.abort()
  client.end().catch(() => {}) // the result of closing does not matter
  return alive
}
