import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompactSign, compactVerify, importJWK, type JWK } from 'jose'
import { SIGNING_ALGORITHMS } from '../model/credentials/signing-algorithm.ts'
import { joseSignature } from './jose-signature.ts'
import { generateSigningKey, openSigner } from './signer.ts'

/** RFC 9068 section 2.2. */
const CLAIMS = { iss: 'a', sub: 'b', aud: 'c', client_id: 'd', scope: '', iat: 1, exp: 2, jti: 'e' }

for (const algorithm of SIGNING_ALGORITHMS)
  test(`every ${algorithm} signature is one that another library accepts, and its key says the algorithm`, async () => {
    const [material, signer] = [await generateSigningKey(algorithm), openSigner()]
    signer.load([material])
    assert.deepEqual([material.publicJwk['alg'], material.publicJwk['kid']], [algorithm, material.id])
    assert.equal('d' in material.publicJwk, false, 'the published half has no secret')
    const key = await importJWK(material.publicJwk, algorithm)
    // One in 128 ES256 signatures has a number that begins with a zero byte, which DER leaves out.
    for (let i = 0; i < (algorithm === 'RS256' ? 20 : 1000); i++) {
      const { protectedHeader } = await compactVerify(signer.sign('at+jwt', { i }, algorithm), key)
      assert.deepEqual(protectedHeader, { alg: algorithm, typ: 'at+jwt', kid: material.id })
    }
  })

test('short, long and plain numbers of a signature are put into 32 bytes each', () => {
  const integer = (...bytes: number[]) => [2, bytes.length, ...bytes]
  const der = (...parts: number[]) => Uint8Array.from([0x30, parts.length, ...parts])
  const high = [0, ...new Array<number>(32).fill(0xff)]
  assert.equal(
    joseSignature(der(...integer(7), ...integer(...high))).toString('hex'),
    `${'00'.repeat(31)}07${'ff'.repeat(32)}`,
  )
  const plain = new Array<number>(32).fill(0x11)
  assert.equal(
    joseSignature(der(...integer(...plain), ...integer(...plain.slice(1)))).toString('hex'),
    `${'11'.repeat(32)}00${'11'.repeat(31)}`,
  )
})

test('a token that was verified is believed only as the type it is, and only while its key is published', async () => {
  const [old, next, signer] = [await generateSigningKey(), await generateSigningKey(), openSigner()]
  signer.load([old])
  const token = signer.sign('at+jwt', CLAIMS)
  assert.deepEqual(await signer.verify(token, 'at+jwt'), CLAIMS)
  assert.equal(await signer.verify(token, 'JWT'), undefined)
  assert.deepEqual(await signer.verify(token, 'at+jwt'), CLAIMS)
  signer.load([next, old])
  assert.deepEqual(await signer.verify(token, 'at+jwt'), CLAIMS)
  signer.load([next], [old])
  assert.equal(await signer.verify(token, 'at+jwt'), undefined)
})

test('a key that is withdrawn while a token is being verified is not remembered for it', async () => {
  const [old, next, signer] = [await generateSigningKey(), await generateSigningKey(), openSigner()]
  signer.load([old])
  const token = signer.sign('at+jwt', CLAIMS)
  const verifying = signer.verify(token, 'at+jwt')
  signer.load([next])
  await verifying
  assert.equal(await signer.verify(token, 'at+jwt'), undefined)
})

test('of several keys the first of each algorithm signs, each token is verified by its own key, and all are published', async () => {
  const signer = openSigner()
  const keys = [
    await generateSigningKey('RS256'),
    await generateSigningKey('ES256'),
    await generateSigningKey('EdDSA'),
    await generateSigningKey('ES256'),
  ]
  signer.load(keys)
  for (const [algorithm, place] of [
    ['RS256', 0],
    ['ES256', 1],
    ['EdDSA', 2],
  ] as const) {
    const token = signer.sign('at+jwt', CLAIMS, algorithm)
    assert.equal(headerOf(token).kid, keys[place]?.id)
    assert.deepEqual(await signer.verify(token, 'at+jwt'), CLAIMS)
  }
  assert.equal(headerOf(signer.sign('at+jwt', CLAIMS)).alg, 'ES256', 'what names no algorithm is ES256')
  assert.deepEqual(
    signer.jwks().keys.map(({ kid }) => kid),
    keys.map(({ id }) => id),
  )
  signer.load(keys.slice(1))
  assert.throws(() => signer.sign('at+jwt', CLAIMS, 'RS256'), /RS256/)
})

test('a key verifies with its own algorithm alone, whatever the header of the token says (RFC 8725 section 3.1)', async () => {
  const [rsa, signer] = [await generateSigningKey('RS256'), openSigner()]
  signer.load([await generateSigningKey(), rsa])
  const payload = new TextEncoder().encode(JSON.stringify(CLAIMS))
  const signed = async (alg: string) => {
    const key = await importJWK({ ...rsa.privateJwk, alg } as JWK, alg)
    return new CompactSign(payload).setProtectedHeader({ alg, typ: 'at+jwt', kid: rsa.id }).sign(key)
  }
  assert.deepEqual(await signer.verify(await signed('RS256'), 'at+jwt'), CLAIMS)
  for (const other of ['PS256', 'RS384', 'RS512'])
    assert.equal(await signer.verify(await signed(other), 'at+jwt'), undefined, other)
})

const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
