import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../../../test/kit/admin.ts'
import { testServer } from '../../../test/kit/server.ts'
import { issueKey } from '../../core/credentials/issue/issue-key.ts'
import { DAY } from '../../model/span.ts'
import { OPERATOR } from '../../model/users/actor.ts'

const GERMAN = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' }

test('sentences of the journal come in the language that the caller asks for, with the same names and codes', async () => {
  await using server = await testServer()
  const { ask, user } = await person(server, 'boss', 'owner')
  await ask('PATCH', `/v1/users/${user.id}`, { email: 'boss@example.org' })
  const path = '/v1/journal?event=changed'
  const first = async (headers?: Record<string, string>) => {
    const { items } = (await ask('GET', path, undefined, headers)).body as unknown as {
      items: { sentence: string; parts: { is: string | null; id: string | null }[] }[]
    }
    return items[0]
  }
  const [english, german] = [await first(), await first(GERMAN)]
  assert.match(english?.sentence ?? '', /^boss changed .*e-mail address/)
  assert.match(german?.sentence ?? '', /^boss hat .*geändert: E-Mail-Adresse$/)
  const named = (entry: typeof english) => entry?.parts.filter(({ is }) => is !== null).map(({ id }) => id)
  assert.ok(named(german)?.every(id => named(english)?.includes(id)))
})

test('a refusal says in the language asked for what was wrong, and its code stays', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'owner')
  const refused = (headers?: Record<string, string>) => ask('POST', '/v1/users', { handle: 'a b' }, headers)
  const [english, german] = [await refused(), await refused(GERMAN)]
  assert.equal(german.body['code'], english.body['code'])
  assert.equal(german.headers.get('content-language'), 'de')
  assert.match(String(english.body['detail']), /^A handle has/)
  assert.match(String(german.body['detail']), /^Ein Benutzername hat/)
  const nobody = await ask('GET', '/v1/users/nobody', undefined, GERMAN)
  assert.equal(nobody.body['title'], 'Diesen Benutzer gibt es nicht.')
})

test('what needs attention is said in the language that the caller asks for', async () => {
  await using server = await testServer()
  const { ask, user } = await person(server, 'boss', 'owner')
  const { credential } = await issueKey({ ...server.world, now: () => Date.now() - 40 * DAY }, OPERATOR, {
    kind: 'api-key',
    userId: user.id,
    name: 'old',
    scopes: ['read'],
    expiresAt: Date.now() + 3.5 * DAY,
  })
  const sentences = async (headers?: Record<string, string>) => {
    const { attention } = (await ask('GET', '/v1/overview?unused_days=30', undefined, headers)).body as unknown as {
      attention: { sentence: string }[]
    }
    return attention.map(({ sentence }) => sentence)
  }
  assert.deepEqual(await sentences(), [
    `"old" (${credential.hint}) expires in 3 days.`,
    `"old" (${credential.hint}) has never been used.`,
  ])
  assert.deepEqual(await sentences(GERMAN), [
    `„old“ (${credential.hint}) läuft in 3 Tagen ab.`,
    `„old“ (${credential.hint}) wurde noch nie benutzt.`,
  ])
})
