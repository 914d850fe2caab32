import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDice } from './dice.ts'
import { planDemo } from './plan.ts'

const story = (seed: number) => planDemo(openDice(seed), 1_800_000_000_000).map(({ at, what }) => `${at} ${what}`)

test('the same seed tells the same story, another seed another one, and all of it lies in the past', () => {
  assert.deepEqual(story(7), story(7))
  assert.notDeepEqual(story(7), story(8))
  assert.ok(planDemo(openDice(7), 1_800_000_000_000).every(({ at }) => at < 1_800_000_000_000))
})
