import cluster, { type Worker } from 'node:cluster'
import { setTimeout } from 'node:timers/promises'
import { compose, type Installation } from './compose.ts'
import { serveMetrics } from './operate/metrics.ts'
import { untilStopped } from './operate/until-stopped.ts'
import type { Config } from './settings/config.ts'

const READY = 'claviger:ready'
/**
 * Bounds of the pause before a dead worker is replaced. The pause doubles each time the worker dies soon after its
 * start.
 */
const SHORTEST_PAUSE = 200
const LONGEST_PAUSE = 10_000
const STEADY_MILLISECONDS = 30_000
/** The longest wait for workers to stop: more than the time in which a stopping worker finishes its requests. */
const LONGEST_STOP = 40_000

/**
 * Hooks of the caller: `prepare` gets the open installation before any worker starts; `ready` gets the address once a
 * worker listens.
 */
export type Serving = { prepare(installation: Installation): Promise<void>; ready(url: string): void }

/** Called in a worker: reports to the primary that this worker listens. */
export const tellPrimary = (url: string): void => {
  process.send?.({ claviger: READY, url })
}

/**
 * Runs several processes that share one port. The primary serves no requests: it starts the workers, replaces dead ones, and stops all of
 * them.
 */
export async function serveTogether(config: Config, { prepare, ready }: Serving): Promise<number> {
  // Signals are handled from the beginning, because the first worker may serve requests while others still start.
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

/**
 * Starts one worker, then the others: a fault of the first would be a fault of all. The worker itself prints the fault.
 */
async function startWorkers(count: number): Promise<{ url: string } | number> {
  const first = await startWorker()
  if (typeof first === 'number') return first
  const others = await Promise.all(Array.from({ length: count - 1 }, startWorker))
  return others.find(other => typeof other === 'number') ?? first
}

/** Resolves to the address of a worker that listens, or to the exit code of a worker that failed to start. */
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
