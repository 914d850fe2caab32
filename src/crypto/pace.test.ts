import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPace } from './pace.ts'

/** A pace whose waits are written down instead of waited for. */
function pace(foreign: () => Promise<string[]>, measure: (stored: string) => Promise<number>) {
  const waits: number[] = []
  const { took, keep } = openPace(foreign, measure, async milliseconds => void waits.push(milliseconds))
  return {
    took,
    async waitAfter(milliseconds: number): Promise<number> {
      waits.length = 0
      await keep({ took: milliseconds })
      return waits.reduce((sum, one) => sum + one, 0)
    },
  }
}

test('a wrong answer waits for the rest of the slowest kind, which is measured before the first of them is given', async () => {
  const measured: string[] = []
  const { took, waitAfter } = pace(
    async () => ['slow', 'quick'],
    async stored => {
      measured.push(stored)
      return stored === 'slow' ? 120 : 10
    },
  )
  assert.equal(await waitAfter(20), 100)
  assert.equal(await waitAfter(120), 0)
  took(300)
  assert.equal(await waitAfter(100), 200, 'a slower one was seen')
  assert.deepEqual(measured, ['slow', 'quick'], 'each is measured once')
  took(60_000)
  assert.equal(await waitAfter(0), 2000, 'one that hung makes nobody wait longer than two seconds')
})

test('where no hash is foreign, no wrong answer waits', async () => {
  const { waitAfter } = pace(
    async () => [],
    async () => 5000,
  )
  assert.equal(await waitAfter(0), 0)
})

test('when the database cannot tell, the answer fails and the next one asks again', async () => {
  let asked = 0
  const { waitAfter } = pace(
    async () => {
      if (asked++ === 0) throw new Error('no database')
      return []
    },
    async () => 0,
  )
  await assert.rejects(waitAfter(1))
  assert.equal(await waitAfter(1), 0)
  assert.equal(asked, 2)
})
