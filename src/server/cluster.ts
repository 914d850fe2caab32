import cluster, { type Worker } from 'node:cluster'
import { setTimeout } from 'node:timers/promises'
import { compose, type Installation } from './compose.ts'
import type { Config } from './config.ts'
import { serveMetrics } from './metrics.ts'
import { untilStopped } from './until-stopped.ts'

const READY = 'claviger:ready'
/** A worker that dies again and again is started ever more slowly. */
const SHORTEST_PAUSE = 200
const LONGEST_PAUSE = 10_000
const STEADY_MILLISECONDS = 30_000
/** Longer than a worker itself waits for its requests. */
const LONGEST_STOP = 40_000

/** What the caller does around a server: prepare the open house, and say that it listens. */
export type Serving = { prepare(installation: Installation): Promise<void>; ready(url: string): void }

/** In a worker: says that it listens. */
export const tellPrimary = (url: string): void => {
  process.send?.({ claviger: READY, url })
}

/** Several processes that share one port. The primary serves no requests: it starts the others, replaces those that die, and stops them. */
export async function serveTogether(config: Config, { prepare, ready }: Serving): Promise<number> {
  // From the first moment: a worker may have requests under way while the others still start.
  const stopped = untilStopped()
  let stopping = false
  void stopped.then(() => {
    stopping = true
  })
  const installation = await compose(config)
  try {
    await prepare(installation)
  } finally {
    await installation.close()
  }
  if (stopping) return stopped
  serveMetrics()
  const started = await Promise.race([startWorkers(config.workers), stopped])
  if (typeof started === 'number') {
    stopping = true
    await stopAll()
    return started
  }
  const replace = async (worker: Worker, startedAt: number, pause: number): Promise<void> => {
    if (!worker.isDead()) await new Promise(resolve => worker.once('exit', resolve))
    if (stopping) return
    const next =
      performance.now() - startedAt > STEADY_MILLISECONDS ? SHORTEST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE)
    await setTimeout(pause)
    if (stopping) return
    const fresh = cluster.fork()
    void replace(fresh, performance.now(), next)
  }
  for (const worker of Object.values(cluster.workers ?? {}))
    if (worker) void replace(worker, performance.now(), SHORTEST_PAUSE)

  ready(started.url)
  const code = await stopped
  await stopAll()
  return code
}

/** One, and then the others: what is wrong with the first would be wrong with all. It says itself what that is. */
async function startWorkers(count: number): Promise<{ url: string } | number> {
  const first = await startWorker()
  if (typeof first === 'number') return first
  const others = await Promise.all(Array.from({ length: count - 1 }, startWorker))
  return others.find(other => typeof other === 'number') ?? first
}

/** A worker that listens, or the exit code of one that could not. */
function startWorker(): Promise<{ url: string } | number> {
  const worker = cluster.fork()
  return new Promise(resolve => {
    worker.on('message', (message: { claviger?: string; url?: string }) => {
      if (message.claviger === READY) resolve({ url: message.url ?? '' })
    })
    worker.once('exit', code => resolve(code || 1))
  })
}

async function stopAll(): Promise<void> {
  const workers = Object.values(cluster.workers ?? {}).filter(worker => worker !== undefined)
  const gone = Promise.all(workers.map(worker => new Promise(resolve => worker.once('exit', resolve))))
  for (const worker of workers) worker.process.kill('SIGTERM')
  const impatience = new AbortController()
  const patience = setTimeout(LONGEST_STOP, 'late', { signal: impatience.signal }).catch(() => 'gone')
  if ((await Promise.race([gone, patience])) === 'late') for (const worker of workers) worker.process.kill('SIGKILL')
  impatience.abort()
}
