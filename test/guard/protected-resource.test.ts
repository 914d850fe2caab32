import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import { describeResource, guard } from '../../src/guard/index.ts'
import { testIssuer } from '../../src/guard/testing.ts'
import { api, issue, person } from '../kit/house.ts'
import { rawRequest } from '../kit/raw-request.ts'
import { testServer } from '../kit/server.ts'
import { DOORS } from './doors.ts'

/* RFC 9728: the document of an API, and the challenge that leads to it. */

const options = { authorizationServers: ['https://auth.example'], scopes: ['read'] }
const WELL_KNOWN = '/.well-known/oauth-protected-resource'
const RESOURCE = 'https://notes.example/mcp'
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

test('the document stands where RFC 9728 puts it, and at the plain place, and nowhere else', async () => {
  const root = describeResource({ ...options, resource: 'https://api.example' })
  assert.equal(root.url, `https://api.example${WELL_KNOWN}`)
  const deep = describeResource({ ...options, resource: 'https://api.example/v2/things/' })
  assert.equal(deep.url, `https://api.example${WELL_KNOWN}/v2/things`)
  for (const path of [WELL_KNOWN, `${WELL_KNOWN}/v2/things`, `${WELL_KNOWN}/v2/things/`])
    assert.deepEqual(await deep.respond(new Request(`https://api.example${path}`))?.json(), deep.document, path)
  for (const path of ['/v2/things', `${WELL_KNOWN}/v2`, `${WELL_KNOWN}/v2/things/more`, `/x${WELL_KNOWN}`])
    assert.equal(deep.respond(new Request(`https://api.example${path}`)), undefined, path)
  assert.throws(() => describeResource({ ...options, resource: 'https://api.example/?a=b' }))
})

test('a challenge leads to a document that was made by hand, too', async () => {
  const described = describeResource({ ...options, resource: 'https://api.example' })
  const handler = guard({ server: testIssuer(), scopes: 'read', resourceMetadata: described.url })(() => new Response())
  const refused = await handler(new Request('https://api.example/things'))
  const address = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '')?.[1] ?? ''
  assert.deepEqual(await described.respond(new Request(address))?.json(), {
    resource: 'https://api.example',
    authorization_servers: ['https://auth.example'],
    bearer_methods_supported: ['header'],
    scopes_supported: ['read'],
  })
})

for (const [framework, open] of Object.entries(DOORS))
  suite(framework, () => {
    for (const mode of ['in process', 'through the wire'] as const)
      test(`${mode}: one line serves the document at both places and names it in every challenge`, async () => {
        await using server = await testServer()
        const wire = await api(server, RESOURCE, { strictAudience: true })
        const connection: GuardOptions = mode === 'in process' ? { server } : wire
        const door = await open({ ...connection, resource: RESOURCE, scopes: 'read' })
        try {
          for (const path of [WELL_KNOWN, `${WELL_KNOWN}/mcp`, `${WELL_KNOWN}/mcp?x=1`]) {
            const answer = await fetch(door.url + path)
            assert.equal(answer.headers.get('access-control-allow-origin'), '*', path)
            assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
            assert.deepEqual(await answer.json(), {
              resource: RESOURCE,
              authorization_servers: [server.url],
              bearer_methods_supported: ['header'],
              scopes_supported: ['read'],
            })
            const preflight = await fetch(door.url + path, { method: 'OPTIONS' })
            assert.equal(preflight.status, 204)
            assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /mcp-protocol-version/)
            assert.equal((await fetch(door.url + path, { method: 'POST' })).status, 405)
          }
          const head = await rawRequest(door.url, { method: 'HEAD', path: WELL_KNOWN })
          assert.equal(head.status, 200)

          const metadata = `resource_metadata="https://notes.example${WELL_KNOWN}/mcp"`
          const challenges = async (init: RequestInit) => {
            const answer = await fetch(`${door.url}/mcp`, init)
            await answer.text()
            return [answer.status, answer.headers.get('www-authenticate')] as const
          }
          assert.deepEqual(await challenges({}), [401, `Bearer realm="api", scope="read", ${metadata}`])
          const user = await person(server.world)
          const unnamed = await issue(server.world, 'api-key', user, ['read'])
          for (const [bad, status, error] of [
            ['nonsense', 401, 'invalid_token'],
            [unnamed.presented, 401, 'invalid_token'],
            ['Bearer x', 400, 'invalid_request'],
          ] as const) {
            const [got, challenge] = await challenges(bearer(bad))
            assert.equal(got, status, bad)
            assert.ok(challenge?.includes(`error="${error}"`), challenge ?? '')
            assert.ok(challenge?.endsWith(`scope="read", ${metadata}`), challenge ?? '')
          }
        } finally {
          await door.close()
        }
      })
  })

test('an audience that is named takes the place of the address, and details add to the document', async () => {
  await using server = await testServer()
  await api(server, 'https://api.example')
  const resourceDetails = {
    authorizationServers: ['https://one.example', 'https://two.example'],
    scopes: ['read', 'write'],
    name: 'Notes',
    documentation: 'https://notes.example/docs',
  }
  const protect = guard({ server, resource: RESOURCE, resourceDetails, audience: 'https://api.example' })
  const things = protect(() => new Response('in'))
  assert.deepEqual(await (await things(new Request(`https://notes.example${WELL_KNOWN}`))).json(), {
    resource: RESOURCE,
    authorization_servers: ['https://one.example', 'https://two.example'],
    bearer_methods_supported: ['header'],
    scopes_supported: ['read', 'write'],
    resource_name: 'Notes',
    resource_documentation: 'https://notes.example/docs',
  })
  const { presented } = await issue(server.world, 'api-key', await person(server.world), ['read'])
  assert.equal((await things(new Request(RESOURCE, bearer(presented)))).status, 200)
})

test('without a server the document is 503 for now, and the names it was given need none', async () => {
  const away = { url: 'http://127.0.0.1:1', clientId: 'x', clientSecret: 'y', resource: RESOURCE }
  const asked = () => new Request(`https://notes.example${WELL_KNOWN}`)
  const answer = await guard(away)(() => new Response())(asked())
  assert.deepEqual([answer.status, answer.headers.get('cache-control')], [503, 'no-store'])
  assert.ok(answer.headers.get('retry-after'))
  const told = guard({ ...away, resourceDetails: { authorizationServers: ['https://auth.example'] } })
  assert.equal((await told(() => new Response())(asked())).status, 200)
})

test('settings that cannot be meant stop the guard from being made', () => {
  const server = testIssuer()
  for (const wrong of [
    { resource: '/mcp' },
    { resource: 'https://notes.example/mcp?a=b' },
    { resource: 'https://notes.example/mcp#x' },
    { resource: RESOURCE, resourceDetails: { scope: 'read' } as object },
    { resource: RESOURCE, resourceDetails: { authorizationServers: [] } },
  ])
    assert.throws(() => guard({ server, ...wrong }), /cannot work as it was told/, JSON.stringify(wrong))
})
