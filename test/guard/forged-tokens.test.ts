import assert from 'node:assert/strict'
import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { after, before, test } from 'node:test'
import { issueTokens } from '../../src/core/oauth/issue-tokens.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { AuthError } from '../../src/guard/answer/auth-error.ts'
import { openGuard } from '../../src/guard/decide/guard.ts'
import { webCarrier } from '../../src/guard/request/carriers.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { asClient, tokenRequest } from '../kit/acts.ts'
import { application } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* SECURITY C 95 to 111: whatever is done to a JWT of ours, the answer is 401 and nothing else happens. */

const AUDIENCE = 'https://jwt.example'
let server: TestServer
let genuine: string
let header: Record<string, unknown>
let claims: Record<string, unknown>
let publicJwk: Record<string, unknown>

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const parts = () => genuine.split('.') as [string, string, string]
const hmac = (input: string, key: string | Buffer, hash = 'sha256') =>
  createHmac(hash, key).update(input).digest('base64url')

before(async () => {
  server = await testServer()
  await createResource(server.world, OPERATOR, {
    audience: AUDIENCE,
    name: 'JWT',
    scopes: ['read'],
    tokenFormat: 'jwt',
  })
  const { client } = await application(server.world)
  const ask = tokenRequest('client_credentials', { scope: 'read', resource: AUDIENCE })
  genuine = (await issueTokens(server.world, asClient(client), ask)).accessToken
  const [head, body] = parts()
  header = JSON.parse(Buffer.from(head, 'base64url').toString())
  claims = JSON.parse(Buffer.from(body, 'base64url').toString())
  publicJwk = server.world.signer.jwks().keys[0] as Record<string, unknown>
})
after(() => server[Symbol.asyncDispose]())

const status = async (token: string) =>
  (await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })).status

async function guarded(token: string): Promise<number> {
  const guard = openGuard({ server, audience: AUDIENCE })
  try {
    await guard.check(webCarrier({ headers: new Headers({ authorization: `Bearer ${token}` }), url: '/' }))
    return 200
  } catch (error) {
    assert.ok(error instanceof AuthError)
    return error.status
  }
}

/** The last letter of 64 bytes has four bits to spare; a lenient decoder does not see them. */
function strayBits(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1) ?? '') ^ 1]
}

async function refused(forged: Record<string, string>): Promise<void> {
  for (const [what, token] of Object.entries(forged)) {
    const answers = [await status(token), await guarded(token)]
    for (const answer of answers) assert.ok(answer === 401 || answer === 400, `${what}: ${answers}`)
  }
}

test('the genuine token passes, so that what follows proves something', async () => {
  assert.deepEqual([await status(genuine), await guarded(genuine)], [200, 200])
})

test('no algorithm at all, in any letter case, is never a signature', async () => {
  const forged: Record<string, string> = {}
  for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
    forged[`${alg} without signature`] = `${part({ ...header, alg })}.${parts()[1]}.`
    forged[`${alg} with the old signature`] = `${part({ ...header, alg })}.${parts()[1]}.${parts()[2]}`
  }
  await refused(forged)
})

test('the public key is never a shared secret', async () => {
  const forged: Record<string, string> = {}
  const pem = createPublicKey({ key: publicJwk, format: 'jwk' }).export({ format: 'pem', type: 'spki' })
  for (const key of ['', 'secret', pem, JSON.stringify(publicJwk), String(publicJwk['x'])])
    for (const alg of ['HS256', 'HS384', 'HS512']) {
      const input = `${part({ ...header, alg })}.${parts()[1]}`
      forged[`${alg} with ${key.slice(0, 30)}`] = `${input}.${hmac(input, key, `sha${alg.slice(2)}`)}`
    }
  await refused(forged)
})

test('a key that the token brings along, or an address to fetch one from, is ignored', async () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = pair.publicKey.export({ format: 'jwk' })
  const forge = (extra: object) => {
    const input = `${part({ ...header, ...extra })}.${parts()[1]}`
    return `${input}.${sign('sha256', Buffer.from(input), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }
  await refused({
    jwk: forge({ jwk }),
    'jwk under another name': forge({ jwk, kid: 'mine' }),
    jku: forge({ jku: `${server.url}/.well-known/jwks.json` }),
    x5u: forge({ x5u: 'http://127.0.0.1:1/x5u' }),
    x5c: forge({ x5c: ['MIIB'] }),
    'our kid, their key': forge({}),
  })
})

test('a key id is looked up in a map: paths, SQL, prototypes, lists and novels name no key', async () => {
  const forge = (kid: unknown) => `${part({ ...header, kid })}.${parts()[1]}.${parts()[2]}`
  const kids = [
    '../../etc/passwd',
    "' OR 1=1 --",
    '__proto__',
    'constructor',
    ['a'],
    { a: 1 },
    'x'.repeat(2000),
    null,
    7,
    '',
  ]
  await refused(Object.fromEntries(kids.map((kid, i) => [`kid ${i}`, forge(kid)])))
})

test('unknown critical extensions and unencoded payloads are refused', async () => {
  await refused({
    crit: `${part({ ...header, crit: ['exp2'], exp2: 1 })}.${parts()[1]}.${parts()[2]}`,
    b64: `${part({ ...header, crit: ['b64'], b64: false })}.${parts()[1]}.${parts()[2]}`,
  })
})

test('another spelling of the same token is another token', async () => {
  const [head, body, signature] = parts()
  await refused({
    padded: `${head}=.${body}.${signature}`,
    'stray bits': strayBits(genuine),
    'padded signature': `${genuine}==`,
    'other alphabet': `${head}.${body}.${signature.replaceAll('-', '+').replaceAll('_', '/')}+`,
    truncated: genuine.slice(0, -1),
    'without its last part': `${head}.${body}`,
    'a part too many': `${genuine}.${signature}`,
    'empty parts': '..',
    'case folded': genuine.toLowerCase(),
    'DER signature': `${head}.${body}.${Buffer.from('3006020101020101', 'hex').toString('base64url')}`,
    'zero signature': `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`,
    'long signature': `${head}.${body}.${signature}AAAA`,
    'many dots': '.'.repeat(4000),
    'encrypted shape': `${head}.a.b.c.${signature}`,
  })
})

test('a JSON serialisation is no bearer token', async () => {
  const [head, body, signature] = parts()
  const json = JSON.stringify({ protected: head, payload: body, signature })
  assert.equal(await status(json), 400)
  await refused({ encoded: Buffer.from(json).toString('base64url') })
})

test('claims that were changed after signing, or signed by another key under our id, are worth nothing', async () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const forge = (change: object) => {
    const input = `${part(header)}.${part({ ...claims, ...change })}`
    return `${input}.${sign('sha256', Buffer.from(input), { key: other, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }
  await refused({
    scope: forge({ scope: 'read write users' }),
    exp: forge({ exp: 9_999_999_999 }),
    'exp as text': forge({ exp: '9999999999' }),
    'no exp': forge({ exp: undefined }),
    subject: forge({ sub: 'somebody-else' }),
    unsigned: `${parts()[0]}.${part({ ...claims, scope: 'write' })}.${parts()[2]}`,
  })
})

test('a token of another type, signed by our own key, is no access token', async () => {
  for (const typ of ['id+jwt', 'logout+jwt', 'rt+jwt', 'AT+JWT ', '']) {
    const token = server.world.signer.sign(typ, claims)
    assert.equal(await status(token), 401, typ)
  }
})

test('a token of ours whose record is gone is worth nothing, however good its signature', async () => {
  assert.equal(await status(server.world.signer.sign('at+jwt', { ...claims, jti: 'no-such-record' })), 401)
  assert.equal(await status(server.world.signer.sign('at+jwt', { ...claims, jti: 7 })), 401)
  assert.equal(await status(server.world.signer.sign('at+jwt', { ...claims, jti: undefined })), 401)
})

test('a token carries no more than its client may have, whatever it claims', async () => {
  const wider = server.world.signer.sign('at+jwt', { ...claims, scope: 'read write users' })
  const answer = await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${wider}` } })
  assert.deepEqual(((await answer.json()) as { scopes: string[] }).scopes.toSorted(), ['read', 'write'])
})
