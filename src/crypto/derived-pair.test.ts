import assert from 'node:assert/strict'
import { test } from 'node:test'
import { derivePair } from './derived-pair.ts'

/** Made by Django itself with SECRET_KEY "fake-key"; the last one is too short for the original's own route. */
const KNOWN = [
  { number: 1, password: 'pbkdf2_sha256$1$salt$hash', day: 9000, token: '6y0-4e21080cbe399dcb3acb' },
  { number: 42, password: '!unusable', day: 8888, token: '6uw-27c26b737370c297ff33' },
  { number: 1, password: '', day: 0, token: '0-4bf79e9f8a35aba9be7d' },
]

for (const { token, ...ask } of KNOWN)
  test(`the token of user ${ask.number} on day ${ask.day} is the one Django derives`, () => {
    assert.equal(derivePair('fake-key', ask), token)
  })
