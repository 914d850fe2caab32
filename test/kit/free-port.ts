import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Systems choose ports above these for connections and for servers without a port: none of these is taken by chance. */
const [FIRST, COUNT] = [12_000, 20_000]
let turn = randomInt(COUNT)

/** A free port for programs that must be told one. Each call gives another. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < COUNT; tries++) {
    const port = FIRST + (turn++ % COUNT)
    const probe = createServer()
    const free = await once(probe.listen(port, '127.0.0.1'), 'listening').then(
      () => true,
      () => false,
    )
    if (!free) continue
    await new Promise(closed => probe.close(closed))
    return port
  }
  throw new Error('no free port')
}
