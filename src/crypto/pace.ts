import { setTimeout } from 'node:timers/promises'

/** The number of recent checks of foreign hashes that are remembered, so that one slow check is forgotten after some time. */
const REMEMBERED = 16
/** The longest delay of a wrong answer, in milliseconds. */
const LONGEST = 2000
/** The interval in milliseconds at which the server looks for new kinds of foreign hashes. */
const LOOK_EVERY = 60_000

/** Makes each wrong password take as long as a check of the slowest kind of stored hash. */
export type Pace = {
  /** Records the duration of one check of a foreign hash. */
  took(milliseconds: number): void
  /** Waits after a check until the duration of the slowest kind is reached. */
  keep(check: { took: number }): Promise<void>
}

/** `foreign` returns one stored string of each kind in use; `measure` returns the duration of its check in milliseconds. */
export function openPace(
  foreign: () => Promise<string[]>,
  measure: (stored: string) => Promise<number>,
  wait: (milliseconds: number) => Promise<unknown> = setTimeout,
): Pace {
  const latest: number[] = []
  const measured = new Set<string>()
  let looked: { at: number; done: Promise<void> } | undefined

  const took = (milliseconds: number): void => {
    latest.push(milliseconds)
    if (latest.length > REMEMBERED) latest.shift()
  }
  async function look(): Promise<void> {
    for (const stored of await foreign()) {
      if (measured.has(stored)) continue
      measured.add(stored)
      took(await measure(stored))
    }
  }
  return {
    took,
    async keep(check) {
      const now = performance.now()
      if (!looked || now - looked.at > LOOK_EVERY) {
        looked = { at: now, done: look() }
        // After an error the next caller looks again; callers that wait for this look-up get the error.
        looked.done.catch(() => {
          looked = undefined
        })
      }
      await looked.done
      const rest = Math.min(LONGEST, Math.max(0, ...latest)) - check.took
      if (rest > 0) await wait(rest)
    },
  }
}
