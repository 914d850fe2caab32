import { setTimeout } from 'node:timers/promises'

/** So many of the latest checks of foreign hashes are remembered; a single slow moment is forgotten in time. */
const REMEMBERED = 16
/** No wrong answer waits longer, in milliseconds. */
const LONGEST = 2000
/** How often to look whether other kinds of hashes came in, in milliseconds. */
const LOOK_EVERY = 60_000

/** How long a wrong password takes: as long as the slowest kind of stored hash, for every kind it was compared with. */
export type Pace = {
  /** A check of a foreign hash took so long. */
  took(milliseconds: number): void
  /** After a check that took so long: waits for the rest. */
  keep(check: { took: number }): Promise<void>
}

/** `foreign` names one stored string of each kind in use, `measure` says how long its check takes. */
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
        // What could not be read is looked for again; callers that wait for it get the error.
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
