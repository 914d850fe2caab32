import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { logoKeys } from '../../src/core/clients/logo-key.ts'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import type { Client } from '../../src/model/clients/client.ts'
import { type Person as Member, person as member } from '../kit/admin.ts'
import { addClient, addUser, authorizeUrl, CALLBACK, pkce, redeem, signedIn } from '../kit/cast.ts'
import { type DocumentServer, documentServer, READS_LOOPBACK } from '../kit/document-server.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Applications whose owner is not staff: what the owner says is not what staff say. */

let documents: DocumentServer
let server: TestServer
let owner: Member
before(async () => {
  documents = await documentServer()
  server = await testServer(READS_LOOPBACK)
  await addUser(server.world)
  owner = await member(server, 'owner')
})
after(async () => {
  await server.stop()
  await documents[Symbol.asyncDispose]()
})

/** Alice allows the application, and it gets tokens. Returns how she sees its next request. */
async function allowed(app: RegisteredClient) {
  const who = await signedIn(server.url)
  const { challenge, verifier } = pkce()
  await who.visit(authorizeUrl(app.client.id, challenge))
  const { sentTo } = await who.submit({ decision: 'allow' })
  const tokens = await redeem(server.url, app, sentTo?.searchParams.get('code') ?? '', verifier)
  assert.ok(tokens.access_token, JSON.stringify(tokens))
  return () => who.visit(authorizeUrl(app.client.id, pkce().challenge))
}
const asks = ({ html }: { html: string }) => /name="decision"/.test(html)
const change = async ({ client }: RegisteredClient, body: object, by = owner) => {
  const { status, text } = await by.ask('PATCH', `/v1/clients/${client.id}`, body)
  assert.equal(status, 200, text)
}

test('consent counts no more after the owner changed what the application is called in another language', async () => {
  const metadata = { names: { de: 'Post' } }
  const app = await addClient(server.world, { source: 'portal', ownerId: owner.user.id, metadata })
  const again = await allowed(app)
  assert.ok(!asks(await again()))
  await change(app, { metadata: { 'client_name#de': 'Post', 'tos_uri#de': 'https://app.example/agb' } })
  assert.ok(!asks(await again()), 'it still has its names')
  await change(app, { metadata: { 'client_name#de': 'Bank' } })
  assert.ok(asks(await again()))
})

test('an application of staff is not called verified any more after its owner changed what it says', async () => {
  const boss = await member(server, 'boss', 'owner')
  const who = await signedIn(server.url)
  const statements = [
    [{ name: 'Diary' }, { name: 'Bank' }],
    [{ website: null }, { website: 'https://bank.example' }],
    [{ redirect_uris: [CALLBACK] }, { redirect_uris: [CALLBACK, 'https://bank.example/callback'] }],
    [{ metadata: { 'logo_uri#de': null } }, { metadata: { logo_uri: 'https://bank.example/logo' } }],
  ] as const
  for (const [same, other] of statements) {
    const app = await addClient(server.world, { ownerId: owner.user.id })
    const vetted = async () => {
      const { html } = await who.visit(authorizeUrl(app.client.id, pkce().challenge))
      return /class="publisher (\w+)"/.exec(html)?.[1] === 'vetted'
    }
    await change(app, same, boss)
    await change(app, { ...same, active: true })
    assert.ok(await vetted(), 'what staff say, and the same from its owner, change nothing')
    await change(app, other)
    assert.ok(!(await vetted()), JSON.stringify(other))
    const waiting = await boss.ask('GET', '/v1/clients?review=waiting&limit=200')
    assert.ok((waiting.body['items'] as { id: string }[]).some(({ id }) => id === app.client.id))
    await change(app, { reviewed: true }, boss)
    assert.ok(await vetted())
  }
})

test('what staff may read at an address is not read there for others, whoever names it first', async () => {
  await using strict = await testServer({
    ...READS_LOOPBACK,
    CLAVIGER_ENV: 'production',
    CLAVIGER_URL: 'https://auth.example',
    CLAVIGER_MASTER_KEY: 'x'.repeat(40),
    CLAVIGER_LIMITS: 'on',
    CLAVIGER_DRAIN_SECONDS: '0',
  })
  const { world } = strict
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const key = {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  }
  const reads: Record<string, (client: Client) => Promise<boolean>> = {
    async logo(client) {
      const { logo } = logoKeys(world, client)
      return (await fetch(`${strict.url}/assets/client-logos/${logo}`)).status === 200
    },
    keys: client =>
      world.clientKeys.of(client, undefined).then(
        keys => keys.length === 1,
        () => false,
      ),
    file: async client => (await world.clientFiles.read(client.metadata.logoUri ?? '', client, 5000)) !== undefined,
  }
  for (const [what, read] of Object.entries(reads))
    for (const staffFirst of [true, false]) {
      const address = documents.publish(
        `/${what}/${staffFirst}`,
        response => void response.end(what === 'logo' ? png : JSON.stringify({ keys: [key] })),
      )
      const metadata = { logoUri: address, jwksUri: address }
      const ofStaff = (await addClient(world, { metadata })).client
      const other = (await addClient(world, { metadata, source: 'portal' })).client
      const seen = new Map<Client, boolean>()
      for (const client of staffFirst ? [ofStaff, other] : [other, ofStaff]) seen.set(client, await read(client))
      assert.deepEqual(
        [seen.get(ofStaff), seen.get(other)],
        [true, false],
        `${what}, ${staffFirst ? 'staff' : 'other'} first`,
      )
    }
})
