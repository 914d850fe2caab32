import type { RevocationSubject } from '../../model/journal.ts'
import { isCount, isName, isText, objectOf, optional, type Typed } from '../../model/typed.ts'
import { type LogItem, type LogPlace, NOWHERE, openFollowedLog, samePlace } from '../../model/validity.ts'
import { later } from './environment.ts'
import { readEvents } from './server-sent-events.ts'

/*
 * Follows `GET /v1/feed`. Knows two things: whether what was heard is recent enough to rely on, and what the revocation
 * log has mentioned since.
 */

export type Feed = {
  /** Was the server heard so recently that a cached answer may be trusted? */
  fresh(): boolean
  /** Was it heard before, and not for longer than the limit? */
  lost(): boolean
  /** Is a verdict given at this place of the log, about these subjects, still good? */
  holds(place: LogPlace, subjects: readonly string[]): boolean
  /** Called for each entry of the log, and with `undefined` when everything known became worthless. */
  onChange(listener: (item: LogItem | undefined) => void): () => void
  /** Called again and again while it is lost. */
  onLost(listener: () => void): () => void
  close(): void
}

export type FeedOptions = {
  url: string
  authorization: string
  /** After this long without a word nothing cached is trusted. */
  limitMilliseconds: number
  onError?: (error: unknown) => void
}

const FIRST_PAUSE = 100
const LONGEST_PAUSE = 2000

export function followFeed(options: FeedOptions): Feed {
  const log = openFollowedLog()
  let heardAt = Number.NEGATIVE_INFINITY
  /** What was missed comes first; only then does silence mean that nothing was revoked. */
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
    // Read first: an event of another shape ends the connection, so that no revocation is lost silently.
    if (event === 'position') {
      const { position: seq, incarnation = '' } = readable(isPosition, data)
      caughtUp = true
      // Where the two differ, entries were missed, or the log is another one.
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
        // A server of an older version knows numbers alone. Without a place it begins anew.
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
      // Many guards lose one server at the same moment; they should not all come back at the same moment.
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

/** As the server wrote it into `id`. */
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
