import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openServer } from '../../src/server/open-server.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { offerTokens } from '../offer-tokens.ts'

/* The same application through `fetch`, served by Bun. */

type Bun = {
  serve(options: { port: number; hostname: string; fetch(request: Request, server: BunServer): Promise<Response> }): {
    port: number
  }
}
type BunServer = { requestIP(request: Request): { address: string } | null }

const dataDir = await mkdtemp(join(tmpdir(), 'claviger-bench-'))
const config = readConfig({ CLAVIGER_DATA_DIR: dataDir, CLAVIGER_LIMITS: 'off', CLAVIGER_URL: 'http://127.0.0.1:8420' })
const { fetch: answer, world } = await openServer(config)
const { port } = (globalThis as unknown as { Bun: Bun }).Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: (request, server) => answer(request, { peer: server.requestIP(request)?.address ?? '' }),
})
await offerTokens(`http://127.0.0.1:${port}`, world)
