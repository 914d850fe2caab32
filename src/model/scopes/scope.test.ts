import assert from 'node:assert/strict'
import { test } from 'node:test'
import { covers } from './scope.ts'

const TABLE: readonly [held: string, wanted: string, covered: boolean][] = [
  ['read', 'read', true],
  ['read', 'write', false],
  ['write', 'write', true],
  ['write', 'read', false],
  ['push', 'push', true],
  ['admin', 'admin', true],
  ['profile', 'profile', true],
  ['read:accounts', 'write:accounts', false],
  ['write:accounts', 'write:accounts', true],
  ['write', 'write:accounts', true],
  ['read', 'write:accounts', false],
  ['write:accounts', 'write', false],
  ['profile', 'push', false],
  ['p', 'push', false],
  ['admin', 'admin:read', true],
  ['admin:read', 'admin:read:accounts', true],
  ['admin:read', 'admin:write', false],
  ['follow', 'read:follows', true],
  ['follow', 'write:blocks', true],
  ['follow', 'read:accounts', false],
  ['read:follows', 'follow', false],
  ['constructor', 'read', false],
  ['__proto__', 'read', false],
]

for (const [held, wanted, covered] of TABLE)
  test(`GT-15 ${held} ${covered ? 'covers' : 'does not cover'} ${wanted}`, () =>
    assert.equal(covers([held], wanted), covered))
