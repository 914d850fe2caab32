import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearest } from './nearest.ts'

test('a name is suggested for a slip of the finger, and for nothing else', () => {
  const scopes = ['users:read', 'tickets:read', 'read']
  const suggested = {
    'tickets:raed': 'tickets:read',
    'user:read': 'users:read',
    'usres:raed': 'users:read',
    raed: 'read',
    'orders:read': undefined,
    write: undefined,
    rd: undefined,
    '': undefined,
  }
  for (const [said, meant] of Object.entries(suggested)) assert.equal(nearest(said, scopes), meant, said)
  // Three steps are too many for a long name, too.
  assert.equal(nearest('post_logout_redirect_url_ist', ['post_logout_redirect_uris']), undefined)
})
