import type { Logger } from 'pino'
import type { World } from '../core/world.ts'
import { type Application, type AppRow, type Owner, openApplication, type Surroundings } from '../http/application.ts'
import { openBasePath, pathOf } from '../http/base-path.ts'
import { showPath } from '../http/place.ts'
import type { Dialect, Refuse } from '../wire/dialect.ts'
import type { Metrics } from './operate/metrics.ts'
import { noteRefusal } from './operate/note-refusal.ts'
import { watchForProxies } from './operate/proxies.ts'
import { requestIds } from './operate/request-ids.ts'
import { logAnswers } from './operate/request-log.ts'
import { announceSunsets } from './tasks/announce-sunsets.ts'

/** Builds one application from all dialects: binds each row to the world, records each refusal and logs each answer. */
export function mount(world: World, dialects: readonly Dialect[], log: Logger, metrics?: Metrics): Application {
  const sunsetOf = announceSunsets(world)
  const noteProxy = watchForProxies(world)
  const inWorld =
    (refuse: Refuse): AppRow['refuse'] =>
    (refusal, request) =>
      refuse(refusal, request, world)
  const owners = dialects.map(dialect => ({
    name: dialect.name,
    prefixes: dialect.prefixes,
    refuse: inWorld(dialect.refuse),
    openToBrowsers: dialect.openToBrowsers,
    headers: sunsetOf(dialect),
  }))
  const rows = dialects.flatMap((dialect, i) =>
    dialect.routes.map(
      (route): AppRow => ({
        at: route.at,
        of: dialect.name,
        owner: owners[i] as Owner,
        when: route.when,
        cors: route.cors,
        headRefused: route.headRefused,
        multipart: route.multipart === true,
        handle(request) {
          // Rows for any method are gates. Proxies send them the headers of the original caller, so the check for
          // unlisted proxies skips these rows.
          if (route.at.methods !== 'any') noteProxy(request)
          return route.handle(world, request)
        },
        refuse: inWorld(route.refuse ?? dialect.refuse),
      }),
    ),
  )
  const path = pathOf(world.rules.issuer)
  const atHost = dialects
    .flatMap(({ routes }) => routes.filter(({ alsoAtHost }) => alsoAtHost))
    .map(({ at }) => showPath(at.path))
  return openApplication(rows, owners, {
    proxies: world.rules.trustedProxies,
    ...(path && { base: openBasePath(path, atHost) }),
    newId: requestIds(),
    onRefusal: noteRefusals(world, log),
    onAnswer: logAnswers(log, metrics),
  })
}

const noteRefusals =
  (world: World, log: Logger): Surroundings['onRefusal'] =>
  (refusal, request, { template, error }) => {
    if (refusal.code === 'bug' || refusal.code === 'unavailable')
      log.error({ err: error, request_id: request.id }, refusal.message)
    noteRefusal(world, request, refusal, `${request.method} ${template}`)
  }
