import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { examineDiscovery, examineResources } from '../../src/server/doctor/discovery.ts'
import { freePort } from '../kit/free-port.ts'
import { testServer } from '../kit/server.ts'

/* What doctor says of a proxy that hides metadata from clients. */

const PATH = '/auth/v2'

/** A host of other people: `rule` decides what becomes of each request. */
async function host(rule: { now: RequestListener }) {
  const proxy = createServer((request, response) => rule.now(request, response)).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  return { url, [Symbol.asyncDispose]: async () => void proxy.close().closeAllConnections() }
}

const pass =
  (
    port: string,
    only: RegExp,
    others: RequestListener = (_, response) => void response.writeHead(404).end(),
  ): RequestListener =>
  async (request, response) => {
    if (!only.test(request.url ?? '')) return others(request, response)
    const answer = await fetch(`http://127.0.0.1:${port}${request.url}`, { redirect: 'manual' })
    response
      .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
      .end(await answer.text())
  }

for (const path of ['', PATH])
  test(`doctor asks for each document at each place of an issuer ${path ? 'with a path' : 'without one'}, and names the rule that the proxy lacks`, async () => {
    const port = String(await freePort())
    const rule = { now: pass(port, /./) }
    await using front = await host(rule)
    const issuer = front.url + path
    await using _ = await testServer({ CLAVIGER_URL: issuer, CLAVIGER_PORT: port })
    const doctor = (openid: 'on' | 'off' = 'on') => examineDiscovery({ url: issuer, openid })
    const documents = ['oauth-authorization-server', 'openid-configuration']
    const places = [
      ...new Set(documents.flatMap(name => [`/.well-known/${name}${path}`, `${path}/.well-known/${name}`])),
    ].toSorted()
    const seen = async () => {
      const checks = await doctor()
      return new Map(
        checks.map(check => {
          const place = new URL(/\S+/.exec(check.found)?.[0] ?? '').pathname
          if (check.state === 'warn') assert.ok(check.fix)
          return [place, check.state === 'ok' ? 'ok' : `${check.found} ${check.fix}`]
        }),
      )
    }
    const all = await seen()
    assert.deepEqual([...all.keys()].toSorted(), places)
    assert.deepEqual([...new Set(all.values())], ['ok'])
    const withoutOpenid = await doctor('off')
    assert.ok(withoutOpenid.every(({ found }) => !found.includes('openid-configuration')))

    const hidden = places.at(-1) as string
    const without = (others?: RequestListener) => pass(port, new RegExp(`^(?!${hidden}$)`), others)
    for (const [now, says] of [
      [without(), /status 404 instead of 200/],
      [without((_, response) => void response.writeHead(200).end('<html>')), /something else than metadata/],
      [without((_, response) => void response.writeHead(301, { location: issuer }).end()), /status 301/],
      [
        without((_, response) => void response.end('{"issuer":"https://old.example"}')),
        /names the issuer https:\/\/old.example/,
      ],
    ] as const) {
      rule.now = now
      const found = await seen()
      const said = found.get(hidden) ?? ''
      assert.match(said, says)
      assert.match(
        said,
        says.source.includes('issuer') ? /CLAVIGER_URL/ : new RegExp(`must pass on GET ${hidden} to this server`),
      )
      found.delete(hidden)
      assert.deepEqual([...new Set(found.values())], ['ok'], 'the other places')
    }
  })

test('doctor checks the metadata of each API that announces some', async () => {
  await using server = await testServer()
  const { url } = server
  let document: RequestListener = (_, response) => void response.writeHead(404).end()
  const rule = {
    now: ((request, response) => {
      if (request.url?.startsWith('/.well-known/')) return document(request, response)
      const announced = `http://${request.headers.host}/.well-known/oauth-protected-resource${request.url}`
      return response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${announced}"` }).end()
    }) as RequestListener,
  }
  await using api = await host(rule)
  const audience = `${api.url}/mcp`
  await createResource(server.world, OPERATOR, { audience, name: 'MCP', scopes: [] })
  const doctor = async () => {
    const [check] = await examineResources(server, { url })
    return `${check?.state} ${check?.found} ${check?.fix}`
  }
  assert.match(
    await doctor(),
    /^warn .*status 404.* must pass on GET \/.well-known\/oauth-protected-resource\/mcp to the API/,
  )
  const says = (body: object) => {
    document = (_, response) => void response.end(JSON.stringify(body))
  }
  says({ resource: api.url, authorization_servers: [url] })
  assert.match(await doctor(), /^warn .*describes http.* mend the rule/)
  says({ resource: audience, authorization_servers: ['https://other.example'] })
  assert.match(await doctor(), /^warn .*does not name http/)
  says({ resource: `${audience}/`, authorization_servers: [url] })
  assert.match(await doctor(), /^ok .*describes http/)
})
