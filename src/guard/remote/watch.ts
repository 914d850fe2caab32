import { DAY } from '../../model/span.ts'
import { subjectKey, subjectsOfPrincipal } from '../../model/validity.ts'
import type { Principal } from '../../model/verdict.ts'
import type { AuthError } from '../answer/auth-error.ts'
import type { Checker, RevokedSubject } from './checker.ts'
import { later } from './environment.ts'

/*
 * Long answers: a stream or a socket was let in once, and goes on when its credential has died. What is kept here is
 * asked about again whenever the log speaks of it, when it expires, and when its validity can no longer be known.
 */

export type Watch = {
  /** Before a check: how much had changed by then. */
  begin(): number
  /** Tells, once, why a new request with this credential would be refused. Returns what stops it. */
  keep(kept: Kept, tell: (error: AuthError) => void): () => void
  close(): void
}

export type Kept = {
  principal: Principal
  /** From `begin`: what fell between that check and now was not heard here. */
  since: number
  /** Why it would not pass now, if so. */
  again(): Promise<AuthError | undefined>
}

/** Many streams that all have to be asked about do not ask in one moment. */
const SPREAD_MILLISECONDS = 500
/** Timers know no longer times than 24 days. */
const LONGEST_TIMER = DAY
const AFTER_END_MILLISECONDS = 500

export function openWatch(checker: Checker): Watch {
  let changes = 0
  let stopListening: (() => void) | undefined
  const listeners = new Set<(revoked: RevokedSubject | undefined) => void>()

  return {
    begin() {
      stopListening ??= checker.onChange?.(revoked => {
        changes++
        for (const listener of listeners) listener(revoked)
      })
      return changes
    },
    keep({ principal, since, again }, tell) {
      if (!stopListening) throw new Error('whoever checks credentials for this guard does not tell when they end')
      const subjects = new Set(subjectsOfPrincipal(principal))
      let asking = false
      let askMore = false
      let stopPause: (() => void) | undefined
      let stopClock: (() => void) | undefined

      async function ask(): Promise<void> {
        askMore = true
        if (asking) return
        asking = true
        while (askMore && listeners.has(listener)) {
          askMore = false
          const error = await again()
          if (!error || !listeners.has(listener)) continue
          stop()
          tell(error)
        }
        asking = false
      }
      const askSoon = () => {
        stopPause ??= later(Math.random() * SPREAD_MILLISECONDS, () => {
          stopPause = undefined
          void ask()
        })
      }
      const listener = (revoked: RevokedSubject | undefined): void => {
        if (revoked && subjects.has(subjectKey(revoked.subject, revoked.subjectId))) void ask()
        else if (!revoked || concernsMany(revoked)) askSoon()
      }
      async function watchClock(): Promise<void> {
        if (principal.expiresAt === undefined) return
        const left = principal.expiresAt - Date.now()
        if (left <= 0) await ask()
        // What the wire says of an end is cut to seconds, and clocks differ: until the server agrees.
        const pause = left <= 0 ? AFTER_END_MILLISECONDS : Math.min(left, LONGEST_TIMER)
        if (listeners.has(listener)) stopClock = later(pause, () => void watchClock())
      }
      function stop(): void {
        listeners.delete(listener)
        stopPause?.()
        stopClock?.()
      }

      listeners.add(listener)
      void watchClock()
      if (since !== changes) void ask()
      return stop
    },
    close() {
      stopListening?.()
      stopListening = undefined
      listeners.clear()
    },
  }
}

const concernsMany = ({ subject }: RevokedSubject): boolean =>
  subject === 'everything' || subject === 'signing-key' || subject === 'resource'
