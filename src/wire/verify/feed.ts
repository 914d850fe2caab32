import type { Feed } from '../../core/check/follow-feed.ts'
import type { Revocation } from '../../model/journal.ts'
import type { WireAnswer } from '../dialect.ts'

/*
 * The revocation feed as server-sent events. `id` is the place in the log, so a follower that comes back with
 * `Last-Event-ID` misses nothing. `position` comes first, and then every second while this server itself is up to date:
 * a follower that hears nothing knows that it knows nothing.
 */

const BEAT_MILLISECONDS = 1000
/** A follower that reads slower than the log grows is cut off; it comes back and catches up. */
const MOST_UNREAD = 5000

export function showFeed(feed: Feed): WireAnswer {
  let end = () => {}
  const stream = new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const text = new TextEncoder()
        const send = (event: string) => {
          if ((controller.desiredSize ?? 0) < -MOST_UNREAD) end()
          else controller.enqueue(text.encode(event))
        }
        let ended = false
        let upToDate = false
        let stop = () => {}
        const beat = setInterval(() => {
          if (upToDate && feed.fresh()) send(positionEvent(feed.position()))
        }, BEAT_MILLISECONDS)
        beat.unref()
        end = () => {
          if (ended) return
          ended = true
          clearInterval(beat)
          stop()
          controller.close()
        }
        const opened = await feed.open(
          revocation => {
            if (!ended) send(revocationEvent(revocation))
          },
          () => end(),
        )
        if (ended) return opened()
        stop = opened
        upToDate = true // before that, a place in the log would claim what was not told yet
        send(positionEvent(feed.position()))
      },
      cancel: () => end(),
    },
    { highWaterMark: 16 },
  )
  return {
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
    stream,
  }
}

const positionEvent = (position: number): string =>
  `event: position\nid: ${position}\ndata: {"position":${position}}\n\n`

function revocationEvent({ seq, at, subject, subjectId, effect }: Revocation): string {
  return `event: revocation\nid: ${seq}\ndata: ${JSON.stringify({ seq, at, subject, subject_id: subjectId, effect })}\n\n`
}
