import { Counter, type CounterConfiguration, type Metric } from 'prom-client'

export type RequestMetrics = {
  answered(what: { route: string; dialect: string; method: string }, status: number, seconds: number): void
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

const DURATIONS = 'claviger_http_request_duration_seconds'
/** Upper bounds in seconds; the last step has none. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

type AnyRegistry = NonNullable<CounterConfiguration<string>['registers']>[number]
type Durations = { labels: Record<string, string>; steps: number[]; sum: number }
type Answers = { labels: Record<string, string>; count: number; durations: Durations }

/**
 * Counts requests in plain numbers and converts them when the metrics are read, because prom-client looks up the labels at
 * each count.
 */
export function openRequestMetrics(registry: AnyRegistry): RequestMetrics {
  const answers = new Map<string, Answers>()
  const durations = new Map<string, Durations>()

  new Counter({
    name: 'claviger_http_requests_total',
    help: 'Requests answered.',
    labelNames: ['route', 'dialect', 'method', 'status'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { labels, count } of answers.values()) this.inc(labels, count)
    },
  })
  const histogram = {
    name: DURATIONS,
    help: 'Time from the first byte of a request to the last of its answer.',
    type: 'histogram',
    aggregator: 'sum',
  }
  // A histogram of prom-client cannot take counts, so this object returns its values itself.
  registry.registerMetric({
    ...histogram,
    get: async () => ({ ...histogram, values: [...durations.values()].flatMap(valuesOf) }),
  } as unknown as Metric)

  function answersOf(route: string, dialect: string, method: string, status: string): Answers {
    const key = `${route} ${method}`
    const timed = durations.get(key) ?? { labels: { route, method }, steps: BOUNDS.map(() => 0).concat(0), sum: 0 }
    durations.set(key, timed)
    return { labels: { route, dialect, method, status }, count: 0, durations: timed }
  }

  return {
    answered({ route, dialect, method }, status, seconds) {
      const verb = METHODS.has(method) ? method : 'other'
      const key = `${route} ${dialect} ${verb} ${status}`
      let place = answers.get(key)
      if (!place) {
        place = answersOf(route, dialect, verb, `${Math.floor(status / 100)}xx`)
        answers.set(key, place)
      }
      place.count++
      let step = 0
      while (seconds > (BOUNDS[step] ?? Number.POSITIVE_INFINITY)) step++
      ;(place.durations.steps[step] as number)++
      place.durations.sum += seconds
    },
  }
}

/** The lines of one histogram: each bucket counts all requests up to its bound. */
function valuesOf({ labels, steps, sum }: Durations): object[] {
  let count = 0
  const buckets = steps.map((inStep, i) => {
    count += inStep
    return { metricName: `${DURATIONS}_bucket`, labels: { le: BOUNDS[i] ?? '+Inf', ...labels }, value: count }
  })
  return [
    ...buckets,
    { metricName: `${DURATIONS}_sum`, labels, value: sum },
    { metricName: `${DURATIONS}_count`, labels, value: count },
  ]
}
