import type { World } from '../core/world.ts'

/** What happens again and again while a server runs. Each task waits for its own end before it counts anew. */
const TASKS: readonly { every: number; run: (world: World) => Promise<unknown> }[] = [
  { every: 250, run: world => world.directory.follow() },
  { every: 1000, run: world => world.witness.flush() },
  { every: 5000, run: world => world.credentials.sweep(world.now() - KEEP_EXPIRED, 500) },
  { every: 3_600_000, run: world => world.usage.forgetNetworks(world.now() - 2 * KEEP_EXPIRED) },
]

/** How long an expired credential can still be explained, in milliseconds. */
const KEEP_EXPIRED = 24 * 3600 * 1000

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
