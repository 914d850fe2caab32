import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compactVerify, importJWK } from 'jose'
import { joseSignature } from './jose-signature.ts'
import { generateSigningKey, openSigner } from './signer.ts'

/** RFC 9068 section 2.2. */
const CLAIMS = { iss: 'a', sub: 'b', aud: 'c', client_id: 'd', scope: '', iat: 1, exp: 2, jti: 'e' }

test('every signature is one that another library accepts', async () => {
  const [material, signer] = [await generateSigningKey(), openSigner()]
  signer.load([material])
  const key = await importJWK(material.publicJwk, 'ES256')
  // One in 128 has a number that begins with a zero byte, which DER leaves out.
  for (let i = 0; i < 1000; i++) await compactVerify(signer.sign('at+jwt', { i }), key)
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
  signer.load([next])
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
