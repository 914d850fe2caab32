import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { after, before, suite, test } from 'node:test'
import { listening } from '../../examples/listening.ts'
import { notesApi } from '../../examples/mcp-server/api.ts'
import type { PublicJwk } from '../../src/model/clients/client-metadata.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { api } from '../kit/house.ts'
import { type Desk, notesServer, openClient, openDesk, SCOPES } from '../kit/mcp.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Clients of MCP that meet another authorization server, none at all in the metadata, or no person. */

let desk: Desk
before(async () => {
  desk = await openDesk()
})
after(async () => {
  await closeBrowser()
  await desk[Symbol.asyncDispose]()
})

for (const major of [1, 2] as const)
  suite(`major ${major}`, () => {
    test('migration: an MCP server that moved to another authorization server gets its clients back', async () => {
      await using documents = await documentServer()
      await using first = await testServer(READS_LOOPBACK)
      await using second = await testServer(READS_LOOPBACK)
      for (const { world } of [first, second]) await addUser(world)
      const documentUrl = documents.publish('/desk.json', { redirect_uris: [desk.redirectUri] })
      // The same address, behind the guard of the one and later of the other.
      let moved = false
      const door = createServer()
      const origin = await listening(door, 0)
      const behind = async (server: TestServer) =>
        notesApi(await api(server, `${origin}/mcp`, { scopes: SCOPES, strictAudience: true }), origin)
      const [old, fresh] = [await behind(first), await behind(second)]
      door.on('request', (request, response) => (moved ? fresh : old).server.emit('request', request, response))

      await using client = openClient(major)
      const kept = desk.memory({ documentUrl })
      const signIn = async () => {
        await assert.rejects(client.connect(`${origin}/mcp`, kept), /Unauthorized/)
        await client.finish(`${origin}/mcp`, kept, await desk.allow(kept.sentTo.at(-1) ?? ''))
        await client.connect(`${origin}/mcp`, kept)
        assert.match(await client.call('list_notes', kept), /milk/)
      }
      await signIn()
      moved = true
      // Major 1 keeps what it found; an application forgets it when its tokens do not work any more.
      delete kept.discovery
      if (major === 1) delete kept.tokens
      await signIn()
      assert.ok(kept.sentTo[0]?.startsWith(first.url) && kept.sentTo[1]?.startsWith(second.url))
      door.closeAllConnections()
      door.close()
      await Promise.all([old.close(), fresh.close()])
    })

    test('older revisions: without resource metadata the authorization server is that of the host', async () => {
      const door = createServer()
      const origin = await listening(door, 0)
      await using server = await testServer({ CLAVIGER_URL: origin })
      await addUser(server.world)
      const notes = notesApi(await api(server, `${origin}/mcp`, { scopes: SCOPES }), origin)
      door.on('request', (request, response) => {
        if (request.url?.startsWith('/.well-known/oauth-protected-resource')) response.writeHead(404).end()
        else if (request.url !== '/mcp') server.node(request, response)
        else if (request.headers.authorization) notes.server.emit('request', request, response)
        else response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
      })
      const { client: known } = await addClient(server.world, {
        type: 'public',
        redirectUris: ['http://127.0.0.1/callback'],
        scopes: SCOPES,
        grantTypes: ['authorization_code', 'refresh_token'],
      })
      await using client = openClient(major)
      const kept = desk.memory({ client: { client_id: known.id, token_endpoint_auth_method: 'none' } })
      await assert.rejects(client.connect(`${origin}/mcp`, kept), /Unauthorized/)
      assert.equal(new URL(kept.sentTo[0] ?? '').searchParams.get('resource'), null)
      await client.finish(`${origin}/mcp`, kept, await desk.allow(kept.sentTo[0] ?? ''))
      await client.connect(`${origin}/mcp`, kept)
      assert.match(await client.call('list_notes', kept), /milk/)
      door.closeAllConnections()
      door.close()
      await notes.close()
    })

    test('without a person: a client proves itself by secret, and by a key of its own', async () => {
      await using server = await testServer()
      await using notes = await notesServer(server)
      await using client = openClient(major)
      const machine = { grantTypes: ['client_credentials' as const], scopes: ['notes:read'], redirectUris: [] }
      const { client: one, secret = '' } = await addClient(server.world, machine)
      await client.connectAs(notes.url, { clientId: one.id, secret, scope: 'notes:read' })
      assert.match(await client.call('list_notes'), /milk/)

      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const jwk = { ...pair.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' } as PublicJwk
      const { client: two } = await addClient(server.world, { ...machine, metadata: { jwks: { keys: [jwk] } } })
      const key = pair.privateKey.export({ format: 'pem', type: 'pkcs8' })
      await client.connectAs(notes.url, { clientId: two.id, key: String(key), scope: 'notes:read' })
      assert.match(await client.call('list_notes'), /milk/)
    })
  })
