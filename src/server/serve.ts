import cluster from 'node:cluster'
import { type Serving, serveTogether, tellPrimary } from './cluster.ts'
import { openLog } from './operate/log.ts'
import { releaseMemory } from './operate/release-memory.ts'
import { untilStopped } from './operate/until-stopped.ts'
import type { Config } from './settings/config.ts'
import { startServer } from './start.ts'

/** Serves until a stop signal, in one process or several. Resolves to the exit code after all requests are finished. */
export async function serve(config: Config, serving: Serving): Promise<number> {
  if (config.workers > 1 && cluster.isPrimary) return serveTogether(config, serving)
  const log = openLog(config.logLevel)
  const stopped = untilStopped(log) // This runs before `listen`, because requests may arrive as soon as the server listens.
  const running = await startServer(config, cluster.isWorker ? { log } : { log, prepare: serving.prepare })
  releaseMemory()
  if (cluster.isWorker) tellPrimary(running.url)
  else serving.ready(running.url)
  const code = await stopped
  await running.stop()
  log.flush()
  return code
}
