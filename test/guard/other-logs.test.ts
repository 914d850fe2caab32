import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { followFeed } from '../../src/guard/remote/feed.ts'
import { eventually } from '../kit/eventually.ts'

/* What a guard makes of a feed that does not simply go on: another log, a gap, a server of another version. */

const position = (seq: number, incarnation?: string) =>
  `event: position\nid: ${seq}\ndata: ${JSON.stringify({ position: seq, incarnation })}\n\n`
const revocation = (seq: number, subject = 'user', subjectId = 'u') =>
  `event: revocation\nid: ${seq}\ndata: ${JSON.stringify({ seq, subject, subject_id: subjectId, effect: 'revoked' })}\n\n`

/** A feed of which each event is written by the test, and the guard's end of it. */
async function openFeed(refuses: (lastEventId: string) => boolean = () => false) {
  const ids: (string | undefined)[] = []
  let stream: ServerResponse | undefined
  const server = createServer((request, response) => {
    const id = request.headers['last-event-id'] as string | undefined
    ids.push(id)
    if (id !== undefined && refuses(id)) return response.writeHead(400).end()
    stream = response.writeHead(200, { 'content-type': 'text/event-stream' })
    stream.flushHeaders()
    return stream
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const feed = followFeed({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorization: 'Basic x',
    limitMilliseconds: 60_000,
  })
  const heard: string[] = []
  feed.onChange(item => heard.push(item ? `${item.subject} ${item.subjectId}` : 'everything'))
  return {
    feed,
    ids,
    heard,
    /** Writes this, and waits until the guard has heard so much more. */
    async say(text: string, more: number) {
      const before = heard.length
      await eventually(async () => stream !== undefined)
      stream?.write(text)
      await eventually(async () => heard.length >= before + more)
    },
    hangUp() {
      stream?.destroy()
      stream = undefined
    },
    async [Symbol.asyncDispose]() {
      feed.close()
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}

test('an entry that follows the one before concerns its subject alone', async () => {
  await using one = await openFeed()
  await one.say(position(100, 'a'), 1)
  await one.say(revocation(101) + revocation(102, 'grant', 'g'), 2)
  assert.deepEqual(one.heard, ['everything', 'user u', 'grant g'])
  const place = { seq: 101, incarnation: 'a' }
  assert.deepEqual([one.feed.holds(place, ['user u']), one.feed.holds(place, ['grant g'])], [true, false])
})

const OTHER_LOGS: Record<string, string> = {
  'a position behind its own': position(95, 'a'),
  'a position ahead of its own': position(105, 'a'),
  'an entry behind its own': revocation(96),
  'an entry that it has read already': revocation(100),
  'an entry too far ahead': revocation(102),
  'another incarnation at the same number': position(100, 'b'),
  'a server that does not name the incarnation any more': position(100),
  'an entry about everything': revocation(101, 'everything', ''),
  'an entry about something that only newer versions know': revocation(101, 'statement', 's'),
}
for (const [what, event] of Object.entries(OTHER_LOGS))
  test(`${what} makes a guard forget everything`, async () => {
    await using one = await openFeed()
    await one.say(position(94, 'a'), 1)
    await one.say([95, 96, 97, 98, 99, 100].map(seq => revocation(seq)).join(''), 6)
    const holds = () => one.feed.holds({ seq: 94, incarnation: 'a' }, ['user other'])
    assert.equal(holds(), true)
    await one.say(event, 1)
    assert.equal(one.heard.at(-1), 'everything')
    assert.equal(holds(), false)
  })

test('a guard comes back to the place it was at, named as the server named it', async () => {
  await using one = await openFeed()
  await one.say(position(100, 'a'), 1)
  await one.say(revocation(101), 1)
  one.hangUp()
  await eventually(async () => one.ids.length > 1)
  assert.deepEqual(one.ids, [undefined, '101-a'])
})

test('a guard comes back to an older server, which names no incarnation, with the number alone', async () => {
  await using one = await openFeed(id => !/^\d+$/.test(id))
  await one.say(position(0), 1)
  assert.ok(one.feed.holds({ seq: 0, incarnation: '' }, []))
  await one.say(revocation(1), 1)
  one.hangUp()
  await eventually(async () => one.ids.length > 1)
  assert.deepEqual(one.ids, [undefined, '1'])
})

test('a guard whose place an older server cannot read begins anew, and until then trusts nothing', async () => {
  await using one = await openFeed(id => !/^\d+$/.test(id))
  await one.say(position(100, 'a'), 1)
  one.hangUp()
  await eventually(async () => one.ids.length > 2)
  assert.deepEqual(one.ids.slice(0, 3), [undefined, '100-a', undefined])
  assert.deepEqual(one.heard, ['everything', 'everything'])
  for (const incarnation of ['a', '']) assert.equal(one.feed.holds({ seq: 100, incarnation }, []), false)
  await one.say(position(100), 1)
  assert.ok(one.feed.holds({ seq: 100, incarnation: '' }, []))
})
