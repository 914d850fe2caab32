import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../../../../test/kit/admin.ts'
import { addClient } from '../../../../test/kit/cast.ts'
import { installationFolder } from '../../../../test/kit/command.ts'
import { testServer } from '../../../../test/kit/server.ts'
import { command } from '../../../../test/kit/warm-command.ts'

test('staff set further metadata of an application under its standard names, and null removes a value', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'admin')
  const { client } = await addClient(server.world)
  const path = `/v1/clients/${client.id}`
  const set = await ask('PATCH', path, {
    metadata: { logo_uri: 'https://app.example/logo.png', post_logout_redirect_uris: ['https://app.example/bye'] },
  })
  assert.partialDeepStrictEqual(set.body, {
    metadata: { logo_uri: 'https://app.example/logo.png', post_logout_redirect_uris: ['https://app.example/bye'] },
  })
  const removed = await ask('PATCH', path, { metadata: { logo_uri: null } })
  const { metadata } = removed.body as { metadata: Record<string, unknown> }
  assert.equal('logo_uri' in metadata, false)
  assert.deepEqual(metadata['post_logout_redirect_uris'], ['https://app.example/bye'])

  for (const [wrong, says] of [
    [{ logo_url: 'https://app.example/logo.png' }, /logo_uri/],
    [{ logo_uri: 'javascript:alert(1)' }, /http/],
    [{ subject_type: 'secret' }, /public, pairwise/],
    [{ backchannel_logout_uri: 'http://app.example/' }, /https/],
    [{ jwks: { keys: [] } }, /no such field/],
  ] as const) {
    const refused = await ask('PATCH', path, { metadata: wrong })
    assert.equal(refused.status, 400, JSON.stringify(wrong))
    assert.match(refused.text, says)
  }
  const kept = await ask('GET', path)
  assert.deepEqual(kept.body['metadata'], metadata)
})

test('the command line sets the same, from JSON or a file, and lists sign-outs that were not received', async () => {
  await using folder = await installationFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path }
  const made = await command(
    [
      'app',
      'create',
      '--name',
      'Site',
      '--redirect-uri',
      'https://app.example/cb',
      '--metadata',
      '{"tos_uri":"https://app.example/terms"}',
      '--json',
    ],
    { env },
  )
  assert.equal(made.code, 0, made.stderr)
  assert.partialDeepStrictEqual(made.json, { metadata: { tos_uri: 'https://app.example/terms' } })
  const id = made.json['client_id'] as string
  const bad = await command(['app', 'update', id, '--metadata', '{"tos_url":"https://app.example"}'], { env })
  assert.equal(bad.code, 2)
  assert.match(bad.stderr, /Did you mean tos_uri/)
  const none = await command(['app', 'logouts', id, '--json'], { env })
  assert.deepEqual(none.json, { items: [], next_cursor: null })
  assert.deepEqual((await command(['app', 'logouts', id, '--repeat', '--json'], { env })).json, { repeated: 0 })
})
