import type { World } from '../../core/world.ts'
import { sameText } from '../../crypto/vault.ts'
import { readAuthorization, readBearer } from '../../http/authorization-header.ts'
import type { Path } from '../../http/place.ts'
import type { WireRequest } from '../../http/request.ts'
import { copyHint } from '../../model/credentials/copied-secret.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Readiness } from '../../ports/health.ts'
import { anyone } from '../callers/anyone.ts'
import { type Caller, type Dialect, route, type WireAnswer } from '../dialect.ts'
import { refuseStandard } from '../oauth/standard-refusals.ts'

/** The metrics of the process, and the token to read them. Without a token, only this machine may read them. */
export type Gauges = { token: string | undefined; read(): Promise<{ type: string; text: string }> }

/** Endpoints for operators: liveness, readiness and metrics. */
export function operate(gauges: Gauges): Dialect {
  const ready = (path: Path) =>
    route({ on: ['GET', path], caller: anyone, decode: wantsDetail, decide: examine, encode: showReadiness })
  return {
    name: 'operate',
    prefixes: ['/livez', '/readyz', '/healthz', '/metrics'],
    refuse: refuseStandard,
    routes: [
      // Does not query the database: a process that answers is alive, and a restart would not repair a database.
      route({
        on: ['GET', '/livez'],
        caller: anyone,
        decode: nothing,
        decide: nothing,
        encode: () => plain(200, 'alive\n'),
      }),
      ready('/readyz'),
      ready('/healthz'),
      route({
        on: ['GET', '/metrics'],
        caller: operator(gauges.token),
        decode: nothing,
        decide: () => gauges.read(),
        encode: ({ type, text }) => ({ status: 200, headers: { 'content-type': type, ...noStore }, body: text }),
      }),
    ],
  }
}

const nothing = (): undefined => undefined
const noStore = { 'cache-control': 'no-store' }
const plain = (status: number, body: string): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...noStore },
  body,
})

const wantsDetail = (request: WireRequest): boolean => request.query.has('verbose')

const examine = async ({ health }: Pick<World, 'health'>, _who: undefined, detailed: boolean) => ({
  ...(await health.examine()),
  detailed,
})

const showReadiness = ({ ready, checks, detailed }: Readiness & { detailed: boolean }): WireAnswer => ({
  status: ready ? 200 : 503,
  headers: { ...noStore, ...(!ready && { 'retry-after': '5' }) },
  body: { status: ready ? 'ready' : 'not ready', ...(detailed && { checks }) },
})

const operator = (token: string | undefined): Caller<undefined> => ({
  name: 'operator',
  prove(_world, request) {
    checkOperator(token, request)
    return { who: undefined, concerns: {} }
  },
})

function checkOperator(token: string | undefined, request: WireRequest): void {
  if (token !== undefined) {
    if (sameText(token, readBearer(request) ?? '')) return
    const { value = '' } = readAuthorization(request) ?? {}
    throw new Refusal('credential-missing', 'metrics without their token', copyHint('token', value))
  }
  if (!request.address.ownMachine)
    throw new Refusal('permission-missing', `metrics asked from ${request.ip}`, {
      sentence: 'Metrics are for this machine alone. Set CLAVIGER_METRICS_TOKEN to read them from elsewhere.',
    })
}
