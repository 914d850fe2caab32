import { subjectKey, subjectsOfPrincipal } from '../../model/credentials/validity.ts'
import type { Principal } from '../../model/credentials/verdict.ts'
import { DAY } from '../../model/span.ts'
import type { AuthError } from '../answer/auth-error.ts'
import type { Checker, RevokedSubject } from './checker.ts'
import { later } from './environment.ts'

/*
 * Watches the credentials of streams and sockets, which stay open longer than a check is valid. The watch checks such a
 * credential again when the log names it, when it expires, and when the feed is lost.
 */

export type Watch = {
  /** Call before a check. Returns the number of changes so far. */
  begin(): number
  /** Calls `tell` once when a new request with this credential would be refused. Returns a function that stops the watch. */
  keep(kept: Kept, tell: (error: AuthError) => void): () => void
  close(): void
}

export type Kept = {
  principal: Principal
  /** The number from `begin`. A change between the check and `keep` triggers another check. */
  since: number
  /** Returns the refusal that the credential would get now, if any. */
  again(): Promise<AuthError | undefined>
}

/** Spreads the checks of many streams over this time, so that they do not ask at the same moment. */
const SPREAD_MILLISECONDS = 500
/** Timers cannot be longer than 24 days. */
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
        // The server sends expiry in whole seconds and clocks differ, so the watch asks again until the server refuses.
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
