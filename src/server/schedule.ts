import type { World } from '../core/world.ts'

/** What happens again and again while a server runs. Each task waits for its own end before it counts anew. */
const TASKS: readonly { every: number; run: (world: World) => Promise<unknown> }[] = [
  { every: 250, run: world => world.directory.follow() },
  { every: 1000, run: world => world.witness.flush() },
  { every: 5000, run: world => world.upkeep.sweep(world.now(), { ...KEEP, turn: 4000, limit: 500 }) },
]

const DAY = 24 * 3600 * 1000
/** Revocations outlive the longest token they may concern (a JWT ends after a year at most). */
const KEEP = {
  expired: DAY,
  revoked: 90 * DAY,
  usage: 90 * DAY,
  networks: 2 * DAY,
  minutes: 2 * DAY,
  journal: 400 * DAY,
  revocations: 400 * DAY,
  applications: 180 * DAY,
}

export function startSchedule(world: World, onError: (error: unknown) => void): () => void {
  let stopped = false
  const timers = new Set<NodeJS.Timeout>()
  for (const { every, run } of TASKS) {
    const again = () => {
      const timer = setTimeout(async () => {
        timers.delete(timer)
        await run(world).catch(onError)
        if (!stopped) again()
      }, every)
      timer.unref()
      timers.add(timer)
    }
    again()
  }
  return () => {
    stopped = true
    for (const timer of timers) clearTimeout(timer)
  }
}
