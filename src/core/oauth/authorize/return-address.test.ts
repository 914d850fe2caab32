import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Client } from '../../../model/clients/client.ts'
import { OUT_OF_BAND } from '../../../model/clients/client.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { returnAddress } from './return-address.ts'

const client = (redirectUris: string[], outOfBand: 'allowed' | 'refused' = 'refused') =>
  ({ id: 'c', redirectUris, metadata: {}, policy: { outOfBand, httpRedirects: 'loopback' } }) as unknown as Client

function refusedAs(redirectUris: string[], ask: Parameters<typeof returnAddress>[1]): string | undefined {
  try {
    returnAddress(client(redirectUris), ask)
    return undefined
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error))
    return error.code
  }
}
const refused = (registered: string, redirectUri: string) => refusedAs([registered], { redirectUri })

const REGISTERED = 'https://app.example:8443/auth/callback?tenant=7'

test('an address that differs in anything at all from the registered one is refused', () => {
  const near = [
    'https://app.example:8443/auth/callback?tenant=7/',
    'https://app.example:8443/auth/callback?tenant=7&x=1',
    'https://app.example:8443/auth/callback?tenant=70',
    'https://app.example:8443/auth/callback?tenant=7#',
    'https://app.example:8443/auth/callback?tenant=7#x',
    'https://app.example:8443/auth/callback/',
    'https://app.example:8443/auth/callback',
    'https://app.example:8443/auth/',
    'https://app.example:8443/auth/callback/../callback?tenant=7',
    'https://app.example:8443/auth/..;/auth/callback?tenant=7',
    'https://app.example:8443/auth/%2e%2e/auth/callback?tenant=7',
    'https://app.example:8443/auth%2fcallback?tenant=7',
    'https://app.example:8443/auth/callback%3ftenant=7',
    'https://app.example:8443\\auth\\callback?tenant=7',
    'https://app.example:443/auth/callback?tenant=7',
    'https://app.example/auth/callback?tenant=7',
    'http://app.example:8443/auth/callback?tenant=7',
    'HTTPS://app.example:8443/auth/callback?tenant=7',
    'https://APP.example:8443/auth/callback?tenant=7',
    'https://app.example.:8443/auth/callback?tenant=7',
    'https://evil.app.example:8443/auth/callback?tenant=7',
    'https://app.example.evil:8443/auth/callback?tenant=7',
    'https://xapp.example:8443/auth/callback?tenant=7',
    'https://app.example:8443@evil.example/auth/callback?tenant=7',
    'https://evil.example@app.example:8443/auth/callback?tenant=7',
    'https://a@b@app.example:8443/auth/callback?tenant=7',
    'https://good%40app.example:8443/auth/callback?tenant=7',
    'https://evil.example\\@app.example:8443/auth/callback?tenant=7',
    'https://evil.example/\\app.example:8443/auth/callback?tenant=7',
    ' https://app.example:8443/auth/callback?tenant=7',
    'https://app.example:8443/auth/callback?tenant=7 ',
    'https://app.example:8443/auth/callback?tenant=7\n',
    '//app.example:8443/auth/callback?tenant=7',
    '/auth/callback?tenant=7',
    'https:app.example:8443/auth/callback?tenant=7',
    'https:///app.example:8443/auth/callback?tenant=7',
  ]
  for (const uri of near) assert.equal(refused(REGISTERED, uri), 'redirect-not-registered', uri)
  assert.equal(refused(REGISTERED, REGISTERED), undefined)
})

test('no generated change of a registered address is accepted', () => {
  const character = fc.constantFrom(...'/\\@:?#&=.%;*+-_~ \t\0abAB019[]üé')
  const change = fc.tuple(fc.nat(REGISTERED.length), fc.nat(3), fc.string({ unit: character, maxLength: 4 }))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), changes => {
      let uri = REGISTERED
      for (const [at, remove, insert] of changes) uri = uri.slice(0, at) + insert + uri.slice(at + remove)
      assert.equal(refused(REGISTERED, uri), uri === REGISTERED ? undefined : 'redirect-not-registered')
    }),
    { numRuns: 20_000 },
  )
})

test('a native application may use any port of its registered loopback address, and change nothing else', () => {
  const registered = 'http://127.0.0.1/cb?x=1'
  for (const uri of ['http://127.0.0.1/cb?x=1', 'http://127.0.0.1:1/cb?x=1', 'http://127.0.0.1:65535/cb?x=1'])
    assert.equal(refused(registered, uri), undefined, uri)
  for (const uri of [
    'https://127.0.0.1:5000/cb?x=1',
    'http://127.0.0.2:5000/cb?x=1',
    'http://127.0.0.1.evil.example:5000/cb?x=1',
    'http://127.0.0.1:5000.evil.example/cb?x=1',
    'http://127.0.0.1:5000@evil.example/cb?x=1',
    'http://127.0.0.1@evil.example/cb?x=1',
    'http://localhost:5000/cb?x=1',
    'http://127.0.0.1:5000/cb',
    'http://127.0.0.1:5000/cb/?x=1',
    'http://127.0.0.1:/cb?x=1',
    'http://127.0.0.1:123456/cb?x=1',
    'http://[::1]:5000/cb?x=1',
  ])
    assert.equal(refused(registered, uri), 'redirect-not-registered', uri)
  assert.equal(refused('http://[::1]/cb', 'http://[::1]:9999/cb'), undefined)
})

test('localhost by name has one port, and a name that only begins like it is nobody', () => {
  const registered = 'http://localhost:3000/cb'
  assert.equal(refused(registered, registered), undefined)
  for (const uri of [
    'http://localhost:3001/cb',
    'http://localhost.evil.test:3000/cb',
    'http://localhost:3000.evil.test/cb',
  ])
    assert.equal(refused(registered, uri), 'redirect-not-registered', uri)
})

test('for a public client localhost has any port, like the literals; none of the three stands for another', () => {
  const native = (registered: string, redirectUri: string) => {
    const of = { ...client([registered]), type: 'public' } as Client
    try {
      return returnAddress(of, { redirectUri }).redirectUri
    } catch (error) {
      assert.ok(error instanceof Refusal, String(error))
      return error.code
    }
  }
  for (const host of ['localhost', '127.0.0.1', '[::1]'])
    for (const registered of [`http://${host}/cb?x=1`, `http://${host}:3000/cb?x=1`]) {
      for (const fits of [`http://${host}/cb?x=1`, `http://${host}:3000/cb?x=1`, `http://${host}:65535/cb?x=1`])
        assert.equal(native(registered, fits), fits)
      for (const other of ['localhost', '127.0.0.1', '[::1]', '127.0.0.2', 'LOCALHOST', 'localhost.', 'app.localhost'])
        if (other !== host)
          assert.equal(native(registered, `http://${other}:3000/cb?x=1`), 'redirect-not-registered', other)
      for (const near of [`https://${host}:3000/cb?x=1`, `http://${host}:3000/cb`, `http://${host}:3000/cb/?x=1`])
        assert.equal(native(registered, near), 'redirect-not-registered', near)
    }
  assert.equal(native('http://localhost/cb', 'http://localhost.evil.test/cb'), 'redirect-not-registered')
  assert.equal(native('http://localhost/cb', 'http://localhost:80@evil.test/cb'), 'redirect-not-registered')
})

test('a name below localhost may be registered over plain http, and its port is exact', () => {
  const registered = 'http://app.localhost:3000/cb'
  assert.equal(refused(registered, registered), undefined)
  assert.equal(refused('http://a.b-c.localhost/cb', 'http://a.b-c.localhost/cb'), undefined)
  for (const uri of ['http://app.localhost:3001/cb', 'http://app.localhost/cb', 'http://localhost:3000/cb'])
    assert.equal(refused(registered, uri), 'redirect-not-registered', uri)
  for (const uri of ['http://applocalhost/cb', 'http://app.localhost.evil.test/cb', 'http://localhost.evil/cb'])
    assert.equal(refused(uri, uri), 'redirect-not-registered', uri)
})

test('an address with a dangerous scheme is refused at use, even if it stands in the registration', () => {
  for (const uri of ['JaVaScRiPt:alert(1)', 'data:text/html,x', 'VBSCRIPT:x', 'file:///etc/passwd', 'blob:https://x/y'])
    assert.equal(refused(uri, uri), 'redirect-not-registered', uri)
})

test('an asterisk in a registration is a character like any other, and never fits', () => {
  assert.equal(refused('https://*.example/cb', 'https://a.example/cb'), 'redirect-not-registered')
  assert.equal(refused('https://app.example/.*', 'https://app.example/x'), 'redirect-not-registered')
})

test('leaving out the address is allowed where there is one, and refused where there are several', () => {
  assert.equal(returnAddress(client([REGISTERED]), {}).redirectUri, REGISTERED)
  assert.equal(refusedAs([REGISTERED, 'https://other.example/'], {}), 'redirect-missing')
  assert.equal(refusedAs([], {}), 'redirect-missing')
  assert.equal(refusedAs([REGISTERED], { scopes: ['openid'] }), 'redirect-missing')
})

test('the out-of-band address works by policy only, and never by being left out', () => {
  assert.equal(returnAddress(client([OUT_OF_BAND], 'allowed'), { redirectUri: OUT_OF_BAND }).redirectUri, OUT_OF_BAND)
  assert.equal(refused(OUT_OF_BAND, OUT_OF_BAND), 'redirect-not-registered')
  assert.equal(refusedAs([OUT_OF_BAND], {}), 'redirect-missing')
})

test('a state with line breaks or NUL is refused on a page of our own', () => {
  for (const state of ['a\r\nSet-Cookie: x=1', 'a\nb', 'a\0b', 'x'.repeat(8193)])
    assert.equal(refusedAs([REGISTERED], { state }), 'parameter-invalid')
  assert.equal(refusedAs([REGISTERED], { state: 'x'.repeat(4096) }), undefined)
})

test('plain http to another machine is answered only where the policy says so; to this one always', () => {
  const far = 'http://app.example/cb'
  const near = 'http://127.0.0.1:7000/cb'
  assert.equal(refused(far, far), 'redirect-not-registered')
  assert.equal(refused(near, near), undefined)
  const old = client([far])
  old.policy.httpRedirects = 'allowed'
  assert.equal(returnAddress(old, { redirectUri: far }).redirectUri, far)
})

test('plain http in a private network is answered where the policy allows that, and nowhere else', () => {
  const judge = (uri: string) => {
    const of = client([uri])
    of.policy.httpRedirects = 'private'
    try {
      return returnAddress(of, { redirectUri: uri }).redirectUri === uri
    } catch {
      return false
    }
  }
  const near = ['10.0.0.5', '172.16.9.9', '192.168.1.10:8123', '169.254.3.3', '[fd12::1]', '[fe80::1]:8080']
  for (const host of [...near, 'nas', 'nas:5000', 'printer.local', 'home.home.arpa', 'wiki.internal', '127.0.0.1'])
    assert.equal(judge(`http://${host}/cb`), true, host)
  const far = [
    'app.example',
    '8.8.8.8',
    '172.32.0.1',
    '192.169.1.1',
    '[2001:db8::1]',
    '100.64.0.1',
    '0.0.0.0',
    'x.locale',
  ]
  for (const host of [...far, 'local.evil.example', '.local', 'nas.', '10.0.0.5.example', '192.168.1.10.nip.io'])
    assert.equal(judge(`http://${host}/cb`), false, host)
  assert.equal(refused('http://192.168.1.10/cb', 'http://192.168.1.10/cb'), 'redirect-not-registered')
})
