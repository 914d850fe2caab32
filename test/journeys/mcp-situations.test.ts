import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { serverBelow } from '../kit/below.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { type Desk, type Front, notesServer, openClient, openDesk, SCOPES } from '../kit/mcp.ts'
import type { Memory } from '../kit/mcp-client.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The situations in which the public conformance package puts clients of MCP, with the official client in both majors. */

const PRM = '/.well-known/oauth-protected-resource'
let desk: Desk
let server: TestServer
before(async () => {
  desk = await openDesk()
  server = await testServer()
  await addUser(server.world)
  await addUser(server.world, 'reader', { scopes: ['notes:read'] })
})
after(async () => {
  await closeBrowser()
  await desk[Symbol.asyncDispose]()
  await server.stop()
})

async function registered(at: Pick<TestServer, 'world'> = server, grants = ['refresh_token']): Promise<Memory> {
  const { client } = await addClient(at.world, {
    type: 'public',
    redirectUris: ['http://127.0.0.1/callback'],
    scopes: SCOPES,
    grantTypes: ['authorization_code', ...(grants as ['refresh_token'])],
  })
  return desk.memory({ client: { client_id: client.id, token_endpoint_auth_method: 'none' } })
}
type Client = ReturnType<typeof openClient>

/** Up to the question to the person; returns its parameters. */
async function upToConsent(client: Client, url: string, kept: Memory): Promise<URLSearchParams> {
  await assert.rejects(client.connect(url, kept), /Unauthorized/)
  return new URL(kept.sentTo.at(-1) ?? '').searchParams
}
async function connected(client: Client, url: string, kept: Memory, handle = 'alice'): Promise<void> {
  await upToConsent(client, url, kept)
  await client.finish(url, kept, await desk.allow(kept.sentTo.at(-1) ?? '', { handle }))
  await client.connect(url, kept)
}

/** The first answer without what the name says; everything else is the guard's. */
const challenge =
  (value?: string): Front =>
  ({ url, headers }) =>
    url === '/mcp' && headers.authorization === undefined
      ? { status: 401, headers: value === undefined ? {} : { 'www-authenticate': value } }
      : undefined

for (const major of [1, 2] as const)
  suite(`major ${major}`, () => {
    test('metadata: found without a challenge at the place with the path, and at the plain one', async () => {
      for (const hidden of [[], [`${PRM}/mcp`]]) {
        const front: Front = request => (hidden.includes(request.url ?? '') ? { status: 404 } : challenge()(request))
        await using notes = await notesServer(server, { front })
        await using client = openClient(major)
        const kept = await registered()
        await connected(client, notes.url, kept)
        assert.match(await client.call('list_notes', kept), /milk/)
        assert.ok(notes.seen.includes(`GET ${PRM}${hidden.length === 0 ? '/mcp' : ''}`))
      }
    })

    test('metadata: an issuer with a path', async () => {
      await using below = await serverBelow('/auth/v2')
      await addUser(below.world)
      await using notes = await notesServer(below)
      await using client = openClient(major)
      const kept = await registered(below)
      await connected(client, notes.url, kept)
      assert.match(await client.call('list_notes', kept), /milk/)
    })

    test('scope: from the challenge, from scopes_supported, and none', async () => {
      const resourceDetails = { scopes: SCOPES }
      await using named = await notesServer(server, { guard: { resourceDetails } })
      await using listed = await notesServer(server, { guard: { resourceDetails }, front: challenge('Bearer') })
      await using none = await notesServer(server, { guard: { scopes: [] } })
      await using client = openClient(major)
      const asked = async (url: string) => {
        const scope = (await upToConsent(client, url, await registered())).get('scope') ?? ''
        return scope
          .split(' ')
          .filter(one => one !== 'offline_access')
          .join(' ')
      }
      assert.equal(await asked(named.url), 'notes:read')
      assert.equal(await asked(listed.url), SCOPES.join(' '))
      assert.equal(await asked(none.url), '')
    })

    test('offline access: asked for where the metadata lists it, and not elsewhere; it gives a refresh token either way', async () => {
      await using without = await testServer({ CLAVIGER_OPENID: 'off' })
      await addUser(without.world)
      for (const [at, wanted] of [
        [server, major === 2],
        [without, false],
      ] as const) {
        await using notes = await notesServer(at)
        await using client = openClient(major)
        const kept = await registered(at)
        await connected(client, notes.url, kept)
        const asked = new URL(kept.sentTo[0] ?? '').searchParams
        assert.equal(asked.get('scope')?.includes('offline_access'), wanted)
        assert.equal(asked.get('prompt'), wanted ? 'consent' : null)
        assert.ok(kept.tokens?.refresh_token)
      }
    })

    // Major 1 refreshes where it could ask for more; it goes back to the person where it has nothing to refresh with.
    const grants = major === 1 ? [] : ['refresh_token']
    const KNOWN: Record<string, () => Promise<Memory>> = {
      'registered by staff': () => registered(server, grants),
      'that registered itself': async () => {
        const { metadata } = desk.memory()
        return desk.memory({ metadata: { ...metadata, grant_types: ['authorization_code', ...grants] } })
      },
    }
    for (const [how, introduce] of Object.entries(KNOWN))
      test(`step-up of a client ${how}: one refusal names all scopes of the call, the person consents once more, and the call goes through`, async () => {
        await using notes = await notesServer(server)
        await using client = openClient(major)
        const kept = await introduce()
        await connected(client, notes.url, kept)
        await assert.rejects(client.call('add_note', kept, { text: 'Buy bread' }), /Unauthorized/)
        assert.equal(kept.sentTo.length, 2)
        const scopes = new URL(kept.sentTo[1] ?? '').searchParams.get('scope')?.split(' ') ?? []
        for (const scope of SCOPES) assert.ok(scopes.includes(scope), scope)
        await client.finish(notes.url, kept, await desk.allow(kept.sentTo[1] ?? ''))
        await client.connect(notes.url, kept)
        assert.match(await client.call('add_note', kept, { text: 'Buy bread' }), /alice has \d+ notes/)
      })

    test('retry limit: a person who may not give the scope is asked once more, and then the client stops', async () => {
      await using notes = await notesServer(server)
      await using client = openClient(major)
      const kept = await registered(server, major === 1 ? [] : undefined)
      await connected(client, notes.url, kept, 'reader')
      await assert.rejects(client.call('add_note', kept, { text: 'x' }))
      await client.finish(notes.url, kept, await desk.allow(kept.sentTo[1] ?? '', { handle: 'reader' }))
      await client.connect(notes.url, kept)
      const before = notes.seen.length
      await assert.rejects(client.call('add_note', kept, { text: 'x' }))
      assert.ok(notes.seen.length - before <= 5, notes.seen.slice(before).join('\n'))
      assert.match(await client.call('list_notes', kept), /milk/, 'what it may do still works')
    })

    test('resource mismatch: a document of another resource leads nowhere', async () => {
      const front: Front = ({ url }) =>
        url?.startsWith(PRM)
          ? { body: { resource: 'https://other.example/mcp', authorization_servers: [server.url] } }
          : undefined
      await using notes = await notesServer(server, { front })
      await using client = openClient(major)
      const kept = await registered()
      await assert.rejects(client.connect(notes.url, kept), /does not match/)
      assert.deepEqual(kept.sentTo, [])
    })

    test('a passing fault of the server costs no client its registration', async () => {
      await using broken = await testServer()
      await addUser(broken.world)
      await using notes = await notesServer(broken)
      await using client = openClient(major)
      const kept = await registered(broken)
      await connected(client, notes.url, kept)
      const { client: known, tokens } = kept
      const { client: find } = broken.world.lookups
      broken.world.lookups.client = () => Promise.reject(new Error('the database is away'))
      const ended = { ...kept, tokens: { ...tokens, access_token: 'ended' } } as Memory
      await assert.rejects(client.connect(notes.url, ended, kept))
      assert.deepEqual(kept.client, known)
      assert.equal(kept.forgotten.includes('client') || kept.forgotten.includes('all'), false)
      broken.world.lookups.client = find
      await client.connect(notes.url, { ...ended, sentTo: [] }, kept)
      assert.match(await client.call('list_notes', kept), /milk/)
    })

    test('several processes of one client refresh with one token at the same moment, and all go on', async () => {
      await using notes = await notesServer(server)
      const clients = [openClient(major), openClient(major), openClient(major)]
      const kept = await registered()
      await connected(clients[0] as Client, notes.url, kept)
      const ended = { ...kept, tokens: { ...kept.tokens, access_token: 'ended' } } as Memory
      const all = await Promise.all(
        clients.map(async client => {
          const own = structuredClone(ended)
          await client.connect(notes.url, own)
          assert.match(await client.call('list_notes', own), /milk/)
          return own.tokens?.refresh_token
        }),
      )
      assert.equal(new Set(all).size, 1)
      for (const client of clients) await client[Symbol.asyncDispose]()
    })
  })

suite('iss (RFC 9207) and the issuer, which major 2 compares', () => {
  const changed: Record<string, (answer: URLSearchParams) => void> = {
    'of another server': answer => answer.set('iss', 'https://evil.example'),
    'with a slash more': answer => answer.set('iss', `${server.url}/`),
    missing: answer => answer.delete('iss'),
  }
  for (const [how, change] of Object.entries(changed))
    test(`an answer whose iss is ${how} is not redeemed; ours is`, async () => {
      await using notes = await notesServer(server)
      await using client = openClient(2)
      const kept = await registered()
      await upToConsent(client, notes.url, kept)
      const answer = await desk.allow(kept.sentTo[0] ?? '')
      const other = new URLSearchParams(answer)
      change(other)
      await assert.rejects(client.finish(notes.url, kept, other.toString()), /iss/i)
      assert.equal(kept.tokens, undefined)
      await client.finish(notes.url, kept, answer)
      assert.ok(kept.tokens)
    })

  test('metadata of an issuer that calls itself otherwise is not used', async () => {
    const alias = server.url.replace('127.0.0.1', 'localhost')
    const guard = { resourceDetails: { authorizationServers: [alias] } }
    await using notes = await notesServer(server, { guard })
    await using client = openClient(2)
    const kept = await registered()
    await assert.rejects(client.connect(notes.url, kept), /issuer/i)
    assert.deepEqual(kept.sentTo, [])
  })
})
