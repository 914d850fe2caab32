import { readFileSync } from 'node:fs'
import { Pool } from 'undici'
import type { Ask } from './ask.ts'

/*
 * Requests that cannot be sent twice, from a process of their own: each of the codes once, and each refresh token as the
 * answer before it gave it. Prints how many were answered, how long it took, and the bodies to go on with.
 */

const CONNECTIONS = 64
const [url = '', seconds = '', file = ''] = process.argv.slice(2)
const ask: Ask = JSON.parse(readFileSync(file, 'utf8'))
const pool = new Pool(url, { connections: CONNECTIONS })

async function send(body: string): Promise<string> {
  const answer = await pool.request({ path: ask.path, method: ask.method, headers: ask.headers, body })
  const text = await answer.body.text()
  if (answer.statusCode !== 200) throw new Error(`${ask.path}: ${answer.statusCode} ${text}`)
  return text
}

/** The next request of one connection, made from its last one and the answer. */
function following(body: string, answer: string): string {
  const fields = new URLSearchParams(body)
  fields.set('refresh_token', JSON.parse(answer).refresh_token)
  return fields.toString()
}

let count = 0
const bodies = [...ask.bodies]
const left: string[] = []
const [started, end] = [performance.now(), performance.now() + Number(seconds) * 1000]
await Promise.all(
  Array.from({ length: CONNECTIONS }, async () => {
    let body = bodies.shift()
    while (body !== undefined && performance.now() < end) {
      const answer = await send(body)
      count++
      body = ask.sent === 'once' ? bodies.shift() : following(body, answer)
    }
    if (body !== undefined) left.push(body)
  }),
)
const rate = (count * 1000) / (performance.now() - started)
await pool.close()
console.log(JSON.stringify({ count, rate, bodies: [...left, ...bodies] }))
