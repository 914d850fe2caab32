import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeResource, guard } from '../../src/guard/index.ts'
import { testIssuer } from '../../src/guard/testing.ts'

const options = { authorizationServers: ['https://auth.example'], scopes: ['read'] }

test('the document stands where RFC 9728 puts it, with and without a path, and nowhere else', () => {
  assert.equal(
    describeResource({ ...options, resource: 'https://api.example' }).url,
    'https://api.example/.well-known/oauth-protected-resource',
  )
  const deep = describeResource({ ...options, resource: 'https://api.example/v2/things/' })
  assert.equal(deep.url, 'https://api.example/.well-known/oauth-protected-resource/v2/things')
  assert.equal(deep.respond(new Request('https://api.example/v2/things')), undefined)
  assert.throws(() => describeResource({ ...options, resource: 'https://api.example/?a=b' }))
})

test('whoever is turned away is told where to read about the API, and finds the issuer there', async () => {
  const described = describeResource({ ...options, resource: 'https://api.example' })
  const handler = guard({ server: testIssuer(), scopes: 'read', resourceMetadata: described.url })(() => new Response())
  const refused = await handler(new Request('https://api.example/things'))
  const address = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '')?.[1] ?? ''
  const answer = described.respond(new Request(address))
  assert.equal(answer?.headers.get('access-control-allow-origin'), '*')
  assert.deepEqual(await answer?.json(), {
    resource: 'https://api.example',
    authorization_servers: ['https://auth.example'],
    bearer_methods_supported: ['header'],
    scopes_supported: ['read'],
  })
})
