import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CHECK_TIME_STEPS, percentile, stepOf } from './check-time.ts'

const counted = (times: readonly number[]): Map<number, number> => {
  const counts = new Map<number, number>()
  for (const time of times) counts.set(stepOf(time), (counts.get(stepOf(time)) ?? 0) + 1)
  return counts
}

test('every time, however odd, has a step, and a longer one never an earlier step', () => {
  for (const odd of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e12])
    assert.ok(stepOf(odd) >= 0 && stepOf(odd) < CHECK_TIME_STEPS, String(odd))
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e5, noNaN: true }), fc.double({ min: 0, max: 1e5, noNaN: true }), (a, b) =>
      a <= b ? stepOf(a) <= stepOf(b) : stepOf(a) >= stepOf(b),
    ),
  )
})

test('a percentile read from the counts is within one step of the exact one', () => {
  const times = fc.array(fc.double({ min: 0.002, max: 10_000, noNaN: true }), { minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(times, fc.constantFrom(0.5, 0.95, 0.99), (all, share) => {
      const exact = all.toSorted((a, b) => a - b)[Math.ceil(share * all.length) - 1] ?? 0
      const read = percentile(counted(all), share) ?? 0
      return read >= exact / 1.4143 && read <= exact * 1.4143
    }),
  )
  assert.equal(percentile(new Map(), 0.5), undefined)
})
