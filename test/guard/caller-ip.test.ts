import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import { fastify } from 'fastify'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import * as expressGuard from '../../src/guard/express.ts'
import * as fastifyGuard from '../../src/guard/fastify.ts'
import { api, issue, person } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'

/* The address that a framework reports behind a proxy may be any text of the proxy, or of the caller. */

type Api = { url: string; close(): Promise<unknown> }

const FRAMEWORKS: Record<string, (options: GuardOptions) => Promise<Api>> = {
  async express(options) {
    const app = express().set('trust proxy', true)
    const guard = expressGuard.guard(options)
    app.get('/things', guard, (_request, response) => void response.json({}))
    const server = app.listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const close = () => new Promise(resolve => server.close(resolve)).then(() => guard.close())
    return { url: `http://127.0.0.1:${port}/things`, close }
  },
  async fastify(options) {
    const app = fastify({ trustProxy: true })
    await app.register(fastifyGuard.guardPlugin, options)
    app.get('/things', () => ({}))
    return { url: `${await app.listen({ port: 0, host: '127.0.0.1' })}/things`, close: () => app.close() }
  },
}

for (const [name, serve] of Object.entries(FRAMEWORKS))
  test(`behind a proxy the guard reads every spelling of an address, and garbage is no address: ${name}`, async () => {
    await using server = await testServer()
    const user = await person(server.world)
    const bound = await issue(server.world, 'api-key', user, ['read'], ['203.0.113.0/24', '2001:db8::/32'])
    const free = await issue(server.world, 'api-key', user)
    const { url, clientId, clientSecret } = await api(server)
    const { url: things, close } = await serve({ url, clientId, clientSecret })
    const ask = async ({ presented }: { presented: string }, from: string) =>
      (await fetch(things, { headers: { 'x-api-key': presented, 'x-forwarded-for': from } })).status
    try {
      for (const from of [
        '203.0.113.9',
        '203.0.113.9:51234',
        '::ffff:203.0.113.9',
        '[2001:DB8::1]:443',
        '2001:db8::1%eth0',
      ])
        assert.equal(await ask(bound, from), 200, from)
      for (const from of ['unknown', '_hidden', '198.51.100.1:2030', '203.0.113.999', 'x'.repeat(2000), '127.1', '::g'])
        assert.deepEqual([await ask(bound, from), await ask(free, from)], [403, 200], from)
    } finally {
      await close()
    }
  })
