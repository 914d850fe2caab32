import cluster from 'node:cluster'
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Gauges } from '../../wire/operate/dialect.ts'
import { readVersion } from '../settings/version.ts'
import { openRequestMetrics, type RequestMetrics } from './request-metrics.ts'
import { linesLost } from './stderr-lines.ts'

/*
 * Counters of the server. Every label has few values: routes are templates of our own table, statuses are classes. No
 * label contains a value that a client sent.
 */

export type Metrics = Gauges & RequestMetrics

/** `refusals` returns the count per reason since the start. */
export function openMetrics(token: string | undefined, refusals: () => ReadonlyMap<string, number>): Metrics {
  // A worker needs an AggregatorRegistry to answer the primary.
  const registry = cluster.isWorker ? new AggregatorRegistry() : new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'claviger_build_info',
    help: 'Always 1; the label says which version runs.',
    labelNames: ['version'],
    registers,
    aggregator: 'max',
  }).set({ version: readVersion() }, 1)
  new Counter({
    name: 'claviger_log_lines_lost_total',
    help: 'Lines of the log that could not be written: a full disk, a closed pipe, a slow reader.',
    registers,
    collect() {
      this.reset()
      this.inc(linesLost())
    },
  })
  new Counter({
    name: 'claviger_refusals_total',
    help: 'Requests, credentials and sign-ins refused, by reason. The journal keeps those of known ones, one a minute.',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset()
      for (const [reason, count] of refusals()) this.inc({ reason }, count)
    },
  })
  if (cluster.isWorker) AggregatorRegistry.setRegistries(registry)

  return {
    token,
    answered: openRequestMetrics(registry).answered,
    read: async () => ({
      type: registry.contentType,
      text: cluster.isWorker ? await askAll() : await registry.metrics(),
    }),
  }
}

/* Each worker counts for itself. The worker that gets the request asks the primary for the sum of all. */

const ASK = 'claviger:metrics'
type Message = { claviger?: string; id?: number; text?: string }
let asked = 0

function askAll(): Promise<string> {
  const id = ++asked
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => reject(new Error('the primary process does not answer'))), 5000)
    const settle = (done: () => void) => {
      clearTimeout(timer)
      process.off('message', hear)
      done()
    }
    const hear = (message: Message) => {
      if (message.claviger === ASK && message.id === id) settle(() => resolve(message.text ?? ''))
    }
    process.on('message', hear)
    process.send?.({ claviger: ASK, id })
  })
}

/** Called in the primary: answers the workers that ask for the sum. */
export function serveMetrics(): void {
  const aggregator = new AggregatorRegistry()
  cluster.on('message', (worker, message: Message) => {
    if (message.claviger !== ASK) return
    void aggregator
      .clusterMetrics()
      .catch(() => '')
      .then(text => {
        if (worker.isConnected()) worker.send({ claviger: ASK, id: message.id, text })
      })
  })
}
