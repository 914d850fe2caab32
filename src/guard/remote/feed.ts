import { type LogItem, type LogPlace, NOWHERE, openFollowedLog, samePlace } from '../../model/credentials/validity.ts'
import type { RevocationSubject } from '../../model/journal.ts'
import { isCount, isName, isText, objectOf, optional, type Typed } from '../../model/refusals/typed.ts'
import { later } from './environment.ts'
import { readEvents } from './server-sent-events.ts'

/*
 * Follows `GET /v1/feed`. The feed knows if its last message is recent enough to use cached verdicts, and which
 * subjects the revocation log has named.
 */

export type Feed = {
  /** True if the last message is recent enough to use cached verdicts. */
  fresh(): boolean
  /** True if messages came earlier, but none within the limit. */
  lost(): boolean
  /** True if no later entry of the log concerns a verdict that was given at this place about these subjects. */
  holds(place: LogPlace, subjects: readonly string[]): boolean
  /** Calls `listener` for each entry of the log, and with `undefined` when all earlier verdicts become invalid. */
  onChange(listener: (item: LogItem | undefined) => void): () => void
  /** Calls `listener` repeatedly while the feed is lost. */
  onLost(listener: () => void): () => void
  close(): void
}

export type FeedOptions = {
  url: string
  authorization: string
  /** After so many milliseconds without a message no cached verdict is used. */
  limitMilliseconds: number
  onError?: (error: unknown) => void
}

const FIRST_PAUSE = 100
const LONGEST_PAUSE = 2000

export function followFeed(options: FeedOptions): Feed {
  const log = openFollowedLog()
  let heardAt = Number.NEGATIVE_INFINITY
  /** False until the entries that were missed before the connection have arrived; until then silence does not mean that nothing was revoked. */
  let caughtUp = false
  const listeners = new Set<(item: LogItem | undefined) => void>()
  const lostListeners = new Set<() => void>()
  const closing = new AbortController()

  const fresh = () => performance.now() - heardAt <= options.limitMilliseconds
  const lost = () => heardAt > Number.NEGATIVE_INFINITY && !fresh()
  const tell = (item: LogItem | undefined) => {
    for (const listener of listeners) listener(item)
  }

  function startAt(place: LogPlace): void {
    log.startAt(place)
    tell(undefined)
  }

  function apply(event: string, data: unknown): void {
    // The event is parsed first: an event of another shape ends the connection, so that no revocation is lost silently.
    if (event === 'position') {
      const { position: seq, incarnation = '' } = readable(isPosition, data)
      caughtUp = true
      // If the places differ, entries were missed, or the server has another log.
      if (!samePlace({ seq, incarnation }, log.place())) startAt({ seq, incarnation })
    } else if (event === 'revocation') {
      const { seq, subject, subject_id: subjectId } = readable(isRevocation, data)
      const item = { seq, subject: subject as RevocationSubject, subjectId }
      tell(log.apply(item) === 'everything' ? undefined : item)
    }
    if (caughtUp) heardAt = performance.now()
  }

  async function followOnce(): Promise<void> {
    const silence = new AbortController()
    caughtUp = false
    let stopWatch = later(options.limitMilliseconds, () => silence.abort())
    const signal = AbortSignal.any([closing.signal, silence.signal])
    try {
      const headers: Record<string, string> = { authorization: options.authorization, accept: 'text/event-stream' }
      if (log.place() !== NOWHERE) headers['last-event-id'] = eventId(log.place())
      const answer = await fetch(`${options.url}/v1/feed`, { headers, signal, redirect: 'error' })
      if (answer.status !== 200 || !answer.body) {
        await answer.body?.cancel()
        // An older server accepts only a number as place. Without a place the server starts from its current position.
        if (answer.status === 400) startAt(NOWHERE)
        throw new Error(`the revocation feed answered ${answer.status}`)
      }
      for await (const { event, data } of readEvents(answer.body)) {
        stopWatch()
        stopWatch = later(options.limitMilliseconds, () => silence.abort())
        apply(event, JSON.parse(data))
      }
    } finally {
      stopWatch()
    }
  }

  async function followForever(): Promise<void> {
    let pause = FIRST_PAUSE
    while (!closing.signal.aborted) {
      const before = heardAt
      try {
        await followOnce()
      } catch (error) {
        if (!closing.signal.aborted) options.onError?.(error)
      }
      if (lost()) for (const listener of lostListeners) listener()
      pause = heardAt > before ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2)
      // A random pause, because many guards lose one server at the same time and should not reconnect at the same time.
      if (!closing.signal.aborted) await waitFor(pause * (0.5 + Math.random() / 2), closing.signal)
    }
  }
  void followForever()

  return {
    fresh,
    lost,
    holds: log.holds,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onLost(listener) {
      lostListeners.add(listener)
      return () => lostListeners.delete(listener)
    },
    close: () => closing.abort(),
  }
}

const isPosition = objectOf({ position: isCount, incarnation: optional(isText) })
const isRevocation = objectOf({ seq: isCount, subject: isName, subject_id: isText })

function readable<T>(typed: Typed<T>, data: unknown): T {
  if (typed(data)) return data
  throw new Error(`the revocation feed sent an event that cannot be read: ${JSON.stringify(data).slice(0, 200)}`)
}

/** The place in the format of the event `id` of the server. */
const eventId = ({ seq, incarnation }: LogPlace): string => (incarnation === '' ? String(seq) : `${seq}-${incarnation}`)

const waitFor = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const stop = later(milliseconds, resolve)
    const ended = () => {
      stop()
      resolve()
    }
    signal.addEventListener('abort', ended, { once: true })
  })
