import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { stuck } from './outage.ts'

/** After so long a wait it is asked whether the server answers at all; so long it may take to say so. In milliseconds. */
const SUSPICION = 1000
const DEADLINE = 1000
/** How often a server without pulse is asked again. */
const AGAIN_AFTER = 250

/**
 * Tells a slow statement from a server that has stopped answering: a second connection asks. Without a pulse everything
 * that waits is given up after two seconds, and what comes meanwhile at once, until the server answers again.
 */
export type Pulse = {
  /** The outcome of what was begun; rejects when the server has no pulse meanwhile. What comes too late is abandoned. */
  during<T>(work: { begun: Promise<T>; abandon?: (late: T) => void }): Promise<T>
  /** Asks no more. */
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
          begun.then(abandon, () => {}) // it has been answered: the outage is what its caller was given
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

/** An error of the server's own is an answer, too. */
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
  client.end().catch(() => {}) // whether it says goodbye changes nothing
  return alive
}
