import type { PostgresPool } from 'kysely'
import pg from 'pg'
import { asLostConnection, closing, tooMany } from './outage.ts'
import type { Pulse } from './postgres-pulse.ts'

/** The largest number of callers that wait for a connection; further callers get an outage at once. */
const MOST_BORROWERS = 2000

/**
 * The pool in the form that Kysely needs. A failed connection is discarded, lost connections become refusals, waiting
 * is limited and ends when the server does not answer, and closing waits for borrowed connections.
 */
export function guardPool(pool: pg.Pool, pulse: Pulse): PostgresPool & { connect(): Promise<Lent> } {
  const held = new Set<Promise<void>>()
  let ended = false
  return {
    async connect() {
      if (ended) throw closing()
      if (pool.waitingCount >= MOST_BORROWERS) throw tooMany('requests wait for a connection')
      const { promise, resolve } = Promise.withResolvers<void>()
      held.add(promise)
      const done = () => {
        held.delete(promise)
        resolve()
      }
      const client = await pulse.during(connecting(pool)).catch(error => {
        done()
        throw asLostConnection(error)
      })
      let broken = false
      return {
        async query(text: string, values: readonly unknown[]) {
          try {
            return await pulse.during({ begun: client.query(text, [...values]) })
          } catch (error) {
            broken ||= !(error instanceof pg.DatabaseError) || error.severity === 'FATAL'
            throw asLostConnection(error)
          }
        },
        release() {
          client.release(broken)
          done()
        },
      } as unknown as Lent
    },
    async end() {
      ended = true
      await Promise.all(held)
      await pool.end()
    },
  }
}

/** Returns a connection that arrives after its borrower gave up. */
const connecting = (pool: pg.Pool) => ({
  begun: pool.connect(),
  abandon: (client: pg.PoolClient) => client.release(true),
})

type Lent = Awaited<ReturnType<PostgresPool['connect']>>
