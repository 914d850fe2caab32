import { createServer } from 'node:http'
import { createResource } from '../src/core/resources/create-resource.ts'
import { deleteResource } from '../src/core/resources/delete-resource.ts'
import { OPERATOR } from '../src/model/users/actor.ts'
import { openLog } from '../src/server/operate/log.ts'
import { readConfig } from '../src/server/settings/config.ts'
import { type Running, startServer } from '../src/server/start.ts'
import type { Example } from './example.ts'
import { guide } from './guide/prepare.ts'
import { listening } from './listening.ts'
import { mastodon } from './mastodon/prepare.ts'
import { mcp } from './mcp-server/prepare.ts'
import { tokenapi } from './tokenapi/prepare.ts'
import { zebbra } from './zebbra/prepare.ts'
import { zocial } from './zocial/prepare.ts'

export const EXAMPLES = { zocial, guide, zebbra, tokenapi, mastodon, mcp } as const satisfies Record<string, Example>
export type ExampleName = keyof typeof EXAMPLES

export type Started = {
  server: Running
  /** Its address. */
  api: string
  made: Record<string, string>
  calls: string[]
  stop(): Promise<void>
}

/** A server, what its operator would make, and the API behind its guard. Port 0 takes a free one. */
export async function startExample(
  name: ExampleName,
  ports: { server: number; api: number },
  config = readConfig({
    CLAVIGER_PORT: String(ports.server),
    CLAVIGER_DATA_DIR: `./claviger-data/example-${name}`,
  }),
  log = openLog('warn'),
): Promise<Started> {
  const example: Example = EXAMPLES[name]
  const server = await startServer(config, { log })
  const { world } = server
  const made = await example.prepare(world)
  // The API is a resource server: it proves itself when it asks about what it was shown.
  const door = createServer()
  const url = await listening(door, ports.api)
  const audience = example.audience?.(url) ?? `https://${name}.example/`
  if (await world.resources.byAudience(audience)) await deleteResource(world, OPERATOR, { audience })
  const resource = await createResource(world, OPERATOR, {
    audience,
    name: `The ${name} example`,
    scopes: [...(example.scopes ?? [])],
    tokenFormat: 'opaque',
    strictAudience: false,
    keyConsent: example.keyConsent ?? false,
  })
  const connection = { url: server.url, clientId: resource.clientId, clientSecret: resource.secret }
  const api = await example.open(connection, url)
  door.on('request', (request, response) => api.server.emit('request', request, response))
  const stop = async () => {
    door.close()
    door.closeAllConnections()
    await api.close()
    await server.stop()
  }
  return { server, api: url, made, calls: example.calls({ server: server.url, api: url }, made), stop }
}
