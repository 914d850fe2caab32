import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importJWK, type JWK } from 'jose'
import { person } from '../../../../test/kit/admin.ts'
import { testServer } from '../../../../test/kit/server.ts'
import { SIGNING_ALGORITHMS } from '../../../model/credentials/signing-algorithm.ts'

type Key = { id: string; algorithm: string; state: string; public_jwk: JWK }

test('a new key replaces the one of its algorithm alone, and the published set holds all that were not withdrawn', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'admin')
  const listed = async () => (await ask('GET', '/v1/signing-keys')).body['items'] as Key[]
  const published = async () =>
    ((await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as { keys: JWK[] }).keys
  assert.deepEqual(
    (await listed()).map(({ algorithm, state }) => `${algorithm} ${state}`),
    ['RS256 signing', 'ES256 signing'],
  )
  for (const algorithm of SIGNING_ALGORITHMS) {
    const made = await ask('POST', '/v1/signing-keys', { algorithm })
    assert.equal(made.status, 201, made.text)
    assert.deepEqual([made.body['algorithm'], made.body['state']], [algorithm, 'signing'])
  }
  const plain = await ask('POST', '/v1/signing-keys')
  assert.equal(plain.body['algorithm'], 'ES256', 'the algorithm of access tokens, where none is named')
  const keys = await listed()
  assert.deepEqual(
    keys.map(({ algorithm, state }) => `${algorithm} ${state}`),
    ['ES256 signing', 'EdDSA signing', 'RS256 signing', 'ES256 retired', 'RS256 retired', 'ES256 retired'],
  )
  const all = await published()
  assert.deepEqual(
    all.map(({ kid, alg }) => `${kid} ${alg}`),
    keys.map(({ id, algorithm }) => `${id} ${algorithm}`),
  )
  for (const jwk of all) {
    assert.equal('d' in jwk, false)
    await importJWK(jwk)
  }
  const [first] = keys.filter(({ state }) => state === 'retired')
  assert.equal((await ask('DELETE', `/v1/signing-keys/${first?.id}`)).status, 200)
  const rsa = keys.find(({ algorithm }) => algorithm === 'RS256')
  assert.equal((await ask('DELETE', `/v1/signing-keys/${rsa?.id}`)).status, 409, 'it signs')
  assert.equal((await published()).length, all.length - 1)
})

test('an algorithm that is not among ours is refused, with the list of those that are', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'admin')
  for (const algorithm of ['HS256', 'none', 'es256', '', 1, null]) {
    const answer = await ask('POST', '/v1/signing-keys', { algorithm })
    assert.deepEqual([answer.status, answer.body['parameter']], [400, 'algorithm'], JSON.stringify(algorithm))
    assert.match(String(answer.body['detail']), /ES256.*RS256.*EdDSA/, JSON.stringify(algorithm))
  }
  assert.equal((await server.world.signingKeys.list()).length, 2)
})

test('keys of every algorithm are there after a restart, and each goes on signing', async () => {
  const first = await testServer()
  const { ask } = await person(first, 'boss', 'admin')
  for (const algorithm of ['RS256', 'EdDSA']) await ask('POST', '/v1/signing-keys', { algorithm })
  const before = first.world.signer.jwks()
  const again = await first.restart()
  try {
    assert.deepEqual(again.world.signer.jwks(), before)
    for (const algorithm of SIGNING_ALGORITHMS) {
      const claims = { iss: again.url, sub: 's', aud: 'a', client_id: 'c', scope: '', iat: 1, exp: 2, jti: 'j' }
      const token = again.world.signer.sign('at+jwt', claims, algorithm)
      assert.deepEqual(await again.world.signer.verify(token, 'at+jwt'), claims)
    }
  } finally {
    await again.stop()
  }
})
