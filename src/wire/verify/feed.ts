import type { Feed } from '../../core/check/follow-feed.ts'
import type { LogPlace } from '../../model/credentials/validity.ts'
import type { Revocation } from '../../model/journal.ts'
import type { WireAnswer } from '../dialect.ts'

/*
 * The revocation feed as server-sent events. `id` is a place in the log, number and incarnation. So a follower that reconnects with `Last-Event-ID` misses no entry, and
 * detects a replaced log. The event `position` comes first, then every second while this server is up to date. A follower that gets none knows that its data may be outdated.
 */

const BEAT_MILLISECONDS = 1000
/** A follower that reads more slowly than the log grows is disconnected. It reconnects and reads the missed entries. */
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
          if (upToDate && feed.fresh()) send(positionEvent(feed.place()))
        }, BEAT_MILLISECONDS)
        beat.unref()
        end = () => {
          if (ended) return
          letGo()
          controller.close()
        }
        const letGo = () => {
          ended = true
          clearInterval(beat)
          stop()
          feed.leave()
        }
        const opening = feed.open(
          revocation => {
            if (ended) return
            send(revocationEvent(revocation, feed.place()))
            // The log may have another incarnation after this entry.
            if (upToDate && revocation.subject === 'everything') send(positionEvent(feed.place()))
          },
          () => end(),
        )
        const opened = await opening.catch(error => {
          if (!ended) letGo()
          throw error
        })
        if (ended) return opened()
        stop = opened
        upToDate = true // an earlier position would include entries that were not sent yet
        send(positionEvent(feed.place()))
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

const idOf = (seq: number, { incarnation }: LogPlace): string => `${seq}-${incarnation}`

const positionEvent = (place: LogPlace): string =>
  `event: position\nid: ${idOf(place.seq, place)}\ndata: ${JSON.stringify({ position: place.seq, incarnation: place.incarnation })}\n\n`

function revocationEvent({ seq, at, subject, subjectId, effect }: Revocation, place: LogPlace): string {
  const data = JSON.stringify({ seq, at, subject, subject_id: subjectId, effect })
  return `event: revocation\nid: ${idOf(seq, place)}\ndata: ${data}\n\n`
}
