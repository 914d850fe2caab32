import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { eventually } from '../kit/eventually.ts'
import { type Manner, notesServer, openClient, openDesk } from '../kit/mcp.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/*
 * The whole way of a newcomer: one line protects the MCP server, the check passes, a client registers itself, a person allows it with a
 * key that they have, or signed in, and takes it back on the command line.
 */

after(closeBrowser)

/** What the operator types on the machine of the server. */
async function types(server: TestServer, ...words: string[]): Promise<Record<string, unknown>> {
  const env = { CLAVIGER_DATA_DIR: server.dataDir, CLAVIGER_URL: server.url }
  const outcome = await command([...words, '--json'], { env })
  assert.equal(outcome.code, 0, `${words.join(' ')}: ${outcome.stderr}`)
  return outcome.json
}

/** Makes what the person allows with, and says how it is taken back. */
type Way = (server: TestServer) => Promise<{ manner: Manner; end(): Promise<unknown> }>
const WAYS: Record<string, Way> = {
  'with an API key that is there, and is refused once the key is revoked': async server => {
    const words = ['--user', 'alice', '--name', 'ci', '--scope', 'notes:read']
    const { id, key } = (await types(server, 'key', 'create', ...words)) as { id: string; key: string }
    return { manner: { key }, end: () => types(server, 'key', 'revoke', id, '--yes') }
  },
  'signed in, and is refused once it is disconnected': async server => ({
    manner: {},
    async end() {
      const { items } = (await types(server, 'grant', 'list', '--user', 'alice')) as { items: { id: string }[] }
      assert.equal(items.length, 1)
      return types(server, 'grant', 'revoke', items[0]?.id ?? '', '--yes')
    },
  }),
}

for (const [how, begin] of Object.entries(WAYS))
  test(`from one line to a client that a person allows ${how}`, async () => {
    await using server = await testServer()
    await addUser(server.world)
    await using notes = await notesServer(server, { resource: { strictAudience: false, keyConsent: true } })
    await using desk = await openDesk()
    const { manner, end } = await begin(server)

    const checked = await command(['mcp', 'check', notes.url, '--json'])
    assert.equal(checked.code, 0, checked.stdout)
    const { clients } = checked.json as { clients: { client: string; connects: boolean; registers: string }[] }
    assert.deepEqual(
      clients.map(({ client, connects, registers }) => `${client} ${connects} ${registers}`),
      ['Claude true document', 'ChatGPT true document', 'VS Code true document'],
    )

    await using client = openClient(2)
    const kept = desk.memory()
    await assert.rejects(client.connect(notes.url, kept), /Unauthorized/)
    await client.finish(notes.url, kept, await desk.allow(kept.sentTo[0] ?? '', manner))
    await client.connect(notes.url, kept)
    assert.match(await client.call('list_notes', kept), /milk/)

    await end()
    await eventually(async () => {
      const answer = await fetch(notes.url, {
        method: 'POST',
        headers: { authorization: `Bearer ${kept.tokens?.access_token}`, 'content-type': 'application/json' },
        body: '{}',
      })
      await answer.text()
      return answer.status === 401
    })
    await assert.rejects(client.call('list_notes', kept), /Unauthorized/)
  })
