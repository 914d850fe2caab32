import type { RevocationSubject } from '../model/journal.ts'
import { isCount, isName, isText, objectOf, type Typed } from '../model/typed.ts'
import type { Principal } from '../model/verdict.ts'
import { later } from './environment.ts'
import { readEvents } from './server-sent-events.ts'

/*
 * Follows `GET /v1/feed`. Knows two things: whether what it heard is recent enough to rely on, and for everything that
 * may fall (credential, grant, client, user) where in the log it last fell.
 */

export type Feed = {
  /** Was the server heard so recently that a cached answer may be trusted? */
  fresh(): boolean
  /** Was it heard before, and not for longer than the limit? */
  lost(): boolean
  /** Is a verdict given at `position` about these subjects still good? */
  holds(position: number, subjects: readonly string[]): boolean
  /** Called for each entry of the log, and with `undefined` when everything known became worthless. */
  onChange(listener: (revocation: FeedEntry | undefined) => void): () => void
  /** Called again and again while it is lost. */
  onLost(listener: () => void): () => void
  close(): void
}
export type FeedEntry = { seq: number; subject: RevocationSubject; subjectId: string }

export type FeedOptions = {
  url: string
  authorization: string
  /** After this long without a word nothing cached is trusted. */
  limitMilliseconds: number
  onError?: (error: unknown) => void
}

const MOST_SUBJECTS = 100_000
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 2000

export const subjectKey = (subject: RevocationSubject, id: string): string => `${subject} ${id}`

/** Everything that a credential falls with. */
export function subjectsOf({ credentialId, grantId, client, subject, audience }: Principal): string[] {
  const subjects = [subjectKey('credential', credentialId)]
  if (grantId) subjects.push(subjectKey('grant', grantId))
  if (client) subjects.push(subjectKey('client', client.id))
  if (subject) subjects.push(subjectKey('user', subject.id))
  for (const one of audience) subjects.push(subjectKey('resource', one))
  return subjects
}

export function followFeed(options: FeedOptions): Feed {
  let heardAt = Number.NEGATIVE_INFINITY
  /** Last entry obeyed, and the place from which on nothing was missed. */
  let position: number | undefined
  let completeFrom = Number.POSITIVE_INFINITY
  /** What was missed comes first; only then does silence mean that nothing fell. */
  let caughtUp = false
  const fallen = new Map<string, number>()
  const listeners = new Set<(revocation: FeedEntry | undefined) => void>()
  const mourners = new Set<() => void>()
  const closing = new AbortController()

  const fresh = () => performance.now() - heardAt <= options.limitMilliseconds
  const lost = () => heardAt > Number.NEGATIVE_INFINITY && !fresh()
  const tell = (revocation: FeedEntry | undefined) => {
    for (const listener of listeners) listener(revocation)
  }

  function forgetEverything(seq: number): void {
    fallen.clear()
    completeFrom = seq
    tell(undefined)
  }

  function obey(event: string, data: unknown): void {
    // Read first: an event of another shape ends the connection, so that no revocation is lost silently.
    const place = event === 'position' ? readable(isPosition, data).position : undefined
    const revocation = event === 'revocation' ? readable(isRevocation, data) : undefined
    if (place !== undefined) caughtUp = true
    if (caughtUp) heardAt = performance.now()
    if (place !== undefined) {
      // Without a place to resume from, whatever happened before this moment was not heard.
      if (position === undefined) forgetEverything(place)
      position = place
    } else if (revocation) {
      const { seq, subject, subject_id: subjectId } = revocation
      const entry = { seq, subject: subject as RevocationSubject, subjectId }
      position = entry.seq
      if (entry.subject === 'everything' || fallen.size >= MOST_SUBJECTS) forgetEverything(entry.seq)
      else {
        fallen.set(subjectKey(entry.subject, entry.subjectId), entry.seq)
        tell(entry)
      }
    }
  }

  async function followOnce(): Promise<void> {
    const silence = new AbortController()
    caughtUp = false
    let stopWatch = later(options.limitMilliseconds, () => silence.abort())
    const signal = AbortSignal.any([closing.signal, silence.signal])
    try {
      const headers: Record<string, string> = { authorization: options.authorization, accept: 'text/event-stream' }
      if (position !== undefined) headers['last-event-id'] = String(position)
      const answer = await fetch(`${options.url}/v1/feed`, { headers, signal, redirect: 'error' })
      if (answer.status !== 200 || !answer.body) {
        await answer.body?.cancel()
        throw new Error(`the revocation feed answered ${answer.status}`)
      }
      for await (const { event, data } of readEvents(answer.body)) {
        stopWatch()
        stopWatch = later(options.limitMilliseconds, () => silence.abort())
        obey(event, JSON.parse(data))
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
      if (lost()) for (const mourner of mourners) mourner()
      pause = heardAt > before ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2)
      // Many guards lose one server at the same moment; they should not all come back at the same moment.
      if (!closing.signal.aborted) await waitFor(pause * (0.5 + Math.random() / 2), closing.signal)
    }
  }
  void followForever()

  return {
    fresh,
    lost,
    holds(at, subjects) {
      if (at < completeFrom) return false
      for (const subject of subjects) if ((fallen.get(subject) ?? -1) > at) return false
      return true
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onLost(listener) {
      mourners.add(listener)
      return () => mourners.delete(listener)
    },
    close: () => closing.abort(),
  }
}

const isPosition = objectOf({ position: isCount })
const isRevocation = objectOf({ seq: isCount, subject: isName, subject_id: isText })

function readable<T>(typed: Typed<T>, data: unknown): T {
  if (typed(data)) return data
  throw new Error(`the revocation feed sent an event that cannot be read: ${JSON.stringify(data).slice(0, 200)}`)
}

const waitFor = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const stop = later(milliseconds, resolve)
    const ended = () => {
      stop()
      resolve()
    }
    signal.addEventListener('abort', ended, { once: true })
  })
