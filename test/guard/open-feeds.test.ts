import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../kit/eventually.ts'
import { api } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'

test('one API follows the feed a hundred times at one server; what is closed makes room, and other APIs have their own', async () => {
  await using server = await testServer()
  const [one, other] = [await api(server), await api(server, 'https://other.example')]
  const follow = async ({ clientId, clientSecret }: typeof one) => {
    const ending = new AbortController()
    const headers = { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` }
    const answer = await fetch(`${server.url}/v1/feed`, { headers, signal: ending.signal })
    return { status: answer.status, wait: answer.headers.get('retry-after'), answer, end: () => ending.abort() }
  }
  const open = await Promise.all(Array.from({ length: 100 }, () => follow(one)))
  assert.deepEqual([...new Set(open.map(({ status }) => status))], [200])
  for (let i = 0; i < 5; i++) {
    const refused = await follow(one)
    assert.deepEqual([refused.status, Number(refused.wait) > 0], [429, true])
    assert.match(await refused.answer.text(), /follows the feed 100 times/)
  }
  const another = await follow(other)
  assert.equal(another.status, 200)
  for (const { end } of open.slice(0, 3)) end()
  await eventually(async () => {
    const again = await follow(one)
    open.push(again)
    return again.status === 200
  })
  for (const { end } of [...open, another]) end()
})
