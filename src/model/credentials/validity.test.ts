import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RULES } from '../../core/check/check-rules.ts'
import type { CredentialFacts } from '../../ports/stores.ts'
import { type CredentialKind, KINDS } from './credential.ts'
import { type LogPlace, lacks, openFollowedLog, subjectKey } from './validity.ts'
import { DIALECT_NAMES } from './verdict.ts'

/** What is followed: the next entry about one of three users, an entry after a gap, one about everything, another log. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ is: fc.constant('next'), user: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('gap', 'back', 'everything', 'other log') }) },
)

test('what was read at a place holds until an entry about it, a missed entry, or another log; nothing else ends it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const log = openFollowedLog()
      log.startAt({ incarnation: '0', seq: 10 })
      // The plain way: everything that was read is kept with what it depends on, and crossed out by hand.
      let alive: { place: LogPlace; user: number }[] = []
      for (const [number, one] of steps.entries()) {
        for (const user of [0, 1, 2]) alive.push({ place: log.place(), user })
        const { seq, incarnation } = log.place()
        const item = { seq: seq + 1, subject: 'user' as const, subjectId: 'u0' }
        if ('user' in one) log.apply({ ...item, subjectId: `u${one.user}` })
        else if (one.is === 'gap') log.apply({ ...item, seq: seq + 2 })
        else if (one.is === 'everything') log.apply({ ...item, subject: 'everything', subjectId: '' })
        else if (one.is === 'other log') log.startAt({ incarnation: String(number + 1), seq: Math.max(0, seq - 3) })
        else log.startAt({ incarnation: `${incarnation}'`, seq: 0 })
        const before = alive
        alive = 'user' in one ? alive.filter(({ user }) => user !== one.user) : []
        for (const known of before)
          assert.equal(log.holds(known.place, [subjectKey('user', `u${known.user}`)]), alive.includes(known))
      }
    }),
  )
})

test('a remembered verdict is judged anew by the same rules, in the same order, as a whole check', () => {
  const scopes = fc.uniqueArray(fc.constantFrom('read', 'write', 'read:things'))
  const asks = fc.record({
    dialects: fc.constantFrom(undefined, 'any' as const, ['native' as const], ...DIALECT_NAMES.map(name => [name])),
    scopes: fc.option(scopes, { nil: undefined }),
    audience: fc.constantFrom(undefined, 'a', 'b'),
  })
  const audiences = fc.uniqueArray(fc.constantFrom('a', 'b'))
  const kinds = fc.constantFrom(...(Object.keys(KINDS) as CredentialKind[]))
  const ends = fc.option(fc.integer({ min: 95, max: 105 }), { nil: undefined })
  const codes = ['credential-expired', 'audience-wrong', 'dialect-wrong', 'scope-insufficient']
  const anew = RULES.filter(({ reason }) => codes.includes(reason))
  assert.equal(anew.length, 4)
  fc.assert(
    fc.property(kinds, ends, scopes, audiences, asks, (kind, expiresAt, held, audience, wanted) => {
      const { dialects, scopes: needed } = wanted
      const ask = { ...(dialects && { dialects }), ...(needed && { scopes: needed }) }
      const credential = { kind, audience, ...(expiresAt !== undefined && { expiresAt }), data: {} }
      const facts = { credential } as unknown as CredentialFacts
      const api = wanted.audience
      const whole = { ...ask, ...(api && { audiences: [{ audience: api, strictAudience: false }] }) }
      const reason = anew.find(rule => !rule.passes(facts, whole, 100, held))?.reason
      const again = { ...ask, ...(api && { audience: api }) }
      assert.equal(lacks({ ...credential, scopes: held }, again, 100), reason)
    }),
  )
})
