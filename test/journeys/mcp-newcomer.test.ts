import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { revokeGrant } from '../../src/core/oauth/revoke-grant.ts'
import { asUser } from '../kit/acts.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { command } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { notesServer, openClient, openDesk } from '../kit/mcp.ts'
import { testServer } from '../kit/server.ts'

/* The whole way of a newcomer: one line protects the MCP server, the check passes, a client registers itself, a person allows it and takes it back. */

after(closeBrowser)

test('from one line to a client that works, and is refused within a second of being disconnected', async () => {
  await using server = await testServer()
  const alice = await addUser(server.world)
  await using notes = await notesServer(server)
  await using desk = await openDesk()

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
  await client.finish(notes.url, kept, await desk.allow(kept.sentTo[0] ?? ''))
  await client.connect(notes.url, kept)
  assert.match(await client.call('list_notes', kept), /milk/)

  const [grant] = await server.world.grants.ofUser(alice.id)
  assert.equal(grant?.clientId, kept.client?.client_id)
  await revokeGrant(server.world, asUser(alice), { grantId: grant?.id ?? '' })
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
