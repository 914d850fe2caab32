import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { revokeGrant } from '../../src/core/oauth/revoke-grant.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { type DocumentServer, documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { eventually } from '../kit/eventually.ts'
import { type Desk, type Notes, notesServer, openClient, openDesk, SCOPES } from '../kit/mcp.ts'
import type { Memory } from '../kit/mcp-client.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The official client of MCP, in both majors, connects to the example server: a real browser, and every way to become known. */

let server: TestServer
let documents: DocumentServer
let notes: Notes
let desk: Desk
before(async () => {
  documents = await documentServer()
  server = await testServer(READS_LOOPBACK)
  await addUser(server.world)
  notes = await notesServer(server)
  desk = await openDesk()
})
after(async () => {
  await closeBrowser()
  await notes[Symbol.asyncDispose]()
  await desk[Symbol.asyncDispose]()
  await server.stop()
  await documents[Symbol.asyncDispose]()
})

const registered = async (proof: 'none' | 'client_secret_basic' | 'client_secret_post'): Promise<Partial<Memory>> => {
  const { client, secret } = await addClient(server.world, {
    type: proof === 'none' ? 'public' : 'confidential',
    redirectUris: [proof === 'none' ? 'http://127.0.0.1/callback' : desk.redirectUri],
    scopes: SCOPES,
    grantTypes: ['authorization_code', 'refresh_token'],
  })
  const known = { client_id: client.id, token_endpoint_auth_method: proof, ...(secret && { client_secret: secret }) }
  return { client: known }
}

/** The client registers itself (RFC 7591), with this way to prove itself. */
const itself = async (token_endpoint_auth_method: string): Promise<Partial<Memory>> => ({
  metadata: { ...desk.memory().metadata, token_endpoint_auth_method },
})

/** How the server comes to know the client (CONFORMANCE: token endpoint methods, pre-registration, document). */
const WAYS: Record<string, () => Promise<Partial<Memory>>> = {
  'registered by staff, without a secret': () => registered('none'),
  'registered by staff, the secret in the header': () => registered('client_secret_basic'),
  'registered by staff, the secret in the form': () => registered('client_secret_post'),
  'registers itself, without a secret': () => itself('none'),
  'registers itself, the secret in the header': () => itself('client_secret_basic'),
  'registers itself, the secret in the form': () => itself('client_secret_post'),
  'known by its metadata document': async () => ({
    documentUrl: documents.publish('/desk/client.json', { redirect_uris: [desk.redirectUri], client_name: 'Desk' }),
  }),
}

for (const major of [1, 2] as const)
  suite(`major ${major}`, () => {
    for (const [way, introduce] of Object.entries(WAYS))
      test(`${way}: signs in, works, refreshes, and is refused when the person withdraws it`, async () => {
        await using client = openClient(major)
        const kept = desk.memory(await introduce())
        await assert.rejects(client.connect(notes.url, kept), /Unauthorized/)
        const [asked] = kept.sentTo.map(address => new URL(address).searchParams)
        assert.equal(asked?.get('resource'), notes.url)
        assert.equal(asked?.get('scope')?.split(' ')[0], 'notes:read')
        await client.finish(notes.url, kept, await desk.allow(kept.sentTo[0] as string))
        await client.connect(notes.url, kept)
        assert.match(await client.call('list_notes', kept), /Buy milk/)

        // The access token has ended: the client refreshes by itself, and the person sees nothing of it.
        const { refresh_token } = kept.tokens ?? {}
        assert.ok(refresh_token)
        const before = kept.tokens?.access_token
        await client.connect(notes.url, { ...kept, tokens: { ...kept.tokens, access_token: 'ended' } } as Memory, kept)
        assert.match(await client.call('list_notes', kept), /Buy milk/)
        assert.notEqual(kept.tokens?.access_token, before)
        assert.notEqual(kept.tokens?.refresh_token, refresh_token)
        assert.equal(kept.sentTo.length, 1)

        const user = await server.world.users.byName('alice')
        const [grant] = await server.world.grants.ofUser(user?.id ?? '')
        await revokeGrant(server.world, OPERATOR, { grantId: grant?.id ?? '' })
        await eventually(async () =>
          client.call('list_notes', kept).then(
            () => false,
            error => /Unauthorized/.test(error.message),
          ),
        )
        assert.equal(kept.sentTo.length, 2, 'the client asks its person again')
        assert.equal(kept.forgotten.includes('client') || kept.forgotten.includes('all'), false, 'and stays registered')
      })
  })
