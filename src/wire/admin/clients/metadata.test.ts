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
    [{ backchannel_logout_uri: 'http://127.0.0.1:3000/out' }, /https.*CLAVIGER_OUTBOUND_ALLOW/],
    [{ jwks: { keys: [] } }, /no such field/],
  ] as const) {
    const refused = await ask('PATCH', path, { metadata: wrong })
    assert.equal(refused.status, 400, JSON.stringify(wrong))
    assert.match(refused.text, says)
  }
  const kept = await ask('GET', path)
  assert.deepEqual(kept.body['metadata'], metadata)
})

test('staff set what people see in further languages one by one', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'admin')
  const made = await ask('POST', '/v1/clients', {
    name: 'Mail',
    type: 'confidential',
    redirect_uris: ['https://app.example/cb'],
    metadata: { 'client_name#de': 'Post', 'tos_uri#de': 'https://app.example/agb' },
  })
  assert.equal(made.status, 201, made.text)
  const { id } = made.body['client'] as { id: string }
  const path = `/v1/clients/${id}`
  const set = await ask('PATCH', path, {
    metadata: { 'client_name#fr': 'Courrier', 'client_name#DE': 'Briefe', 'tos_uri#de': null },
  })
  const { metadata } = set.body as { metadata: Record<string, unknown> }
  const tagged = Object.entries(metadata).filter(([name]) => name.includes('#'))
  assert.deepEqual(Object.fromEntries(tagged), { 'client_name#fr': 'Courrier', 'client_name#DE': 'Briefe' })
  const many = Object.fromEntries(Array.from({ length: 19 }, (_, i) => [`client_name#x-${i}`, 'Mail']))
  const refused = await ask('PATCH', path, { metadata: many })
  assert.equal(refused.status, 400)
  assert.match(refused.text, /20 languages/)
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
