import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { subjectKey } from '../credentials/validity.ts'
import { canonicalAudience, sameAudience } from './audience.ts'

test('equivalent URIs have one spelling (RFC 3986 sections 6.2.2 and 6.2.3)', () => {
  const spellings: Record<string, string[]> = {
    'https://api.example.com': ['HTTPS://api.example.com', 'https://API.Example.COM', 'https://api.example.com:443'],
    'https://api.example.com/': [
      'https://api.example.com:443/',
      'HTTPS://API.EXAMPLE.COM/',
      'https://api.example.com/./',
    ],
    'https://api.example.com/v1/~a': [
      'https://API.example.com/v1/%7Ea',
      'https://api.example.com:443/x/../v1/%7ea',
      'https://api.example.com/%76%31/~a',
    ],
    'https://api.example.com/%2F?q=%C3%A4': ['https://API.example.com/%2f?q=%c3%a4'],
    'http://127.0.0.1:8080/mcp': ['HTTP://127.0.0.1:8080/mcp'],
    'http://[::1]': ['http://[0:0:0:0:0:0:0:1]:80'],
    'urn:example:api': ['URN:example:api'],
    'api://orders.example/Read': ['API://ORDERS.example/Read'],
  }
  for (const [canonical, others] of Object.entries(spellings)) {
    assert.equal(canonicalAudience(canonical), canonical)
    for (const other of others) {
      assert.equal(canonicalAudience(other), canonical, other)
      assert.equal(sameAudience(other, canonical), true, other)
    }
  }
  assert.equal(sameAudience('https://api.example.com', 'HTTPS://API.example.com:443/'), true, 'an empty path is /')
  assert.equal(sameAudience('https://api.example.com/v1', 'https://API.example.com/v1/'), true, 'a slash at the end')
})

test('what names another resource, or is no URI, stays apart', () => {
  const apart: [string, string][] = [
    ['https://api.example.com/v1', 'https://api.example.com/V1'],
    ['https://api.example.com/v1', 'https://api.example.com/v1//'],
    ['https://api.example.com', 'http://api.example.com'],
    ['https://api.example.com', 'https://api.example.com:444'],
    ['https://api.example.com', 'https://api.example.com.'],
    ['https://api.example.com', 'https://api.example.com/?'],
    ['https://api.example.com', 'https://evil.example\\@api.example.com'],
    ['https://api.example.com', 'https:api.example.com'],
    ['https://api.example.com', 'https:///api.example.com'],
    ['https://api.example.com', 'https:\\\\api.example.com'],
    ['https://api.example.com', 'https://api.exam\tple.com'],
    ['https://api.example.com', ' https://api.example.com'],
    ['https://api.example.com/a%2Fb', 'https://api.example.com/a/b'],
    ['urn:example:a', 'urn:example:A'],
    ['', 'https://api.example.com'],
  ]
  for (const [one, other] of apart) assert.equal(sameAudience(one, other), false, `${one} ${other}`)
})

test('a canonical spelling is its own, whatever was typed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string()), text => {
      const canonical = canonicalAudience(text)
      assert.equal(canonicalAudience(canonical), canonical)
      assert.equal(sameAudience(text, canonical), true)
      assert.equal(subjectKey('resource', text), subjectKey('resource', canonical))
    }),
  )
})
