import { type Dialect, route } from '../dialect.ts'
import { actOnApp, readAppAct, readAppVisit, showApp, visitApp } from './app.ts'
import { readApp, registerApp, showApps, visitApps } from './apps.ts'
import { endKeyGrant, readEndOfKeyGrant, showEndOfKeyGrant, showKeys, visitKeys } from './keys.ts'
import { readLog, showLog, visitLog } from './log.ts'
import { member, memberForm, readDone, refusePortal } from './member.ts'
import { listScopes, showMigration, showScopes, toErrors, visitMigration } from './reference.ts'
import { readKind, showStart, visitStart } from './start.ts'

const nothing = () => undefined

/** Pages for developers who use the APIs. Rendered on the server, without script. */
export const portal: Dialect = {
  name: 'portal',
  prefixes: ['/developers'],
  refuse: refusePortal,
  routes: [
    route({ on: ['GET', '/developers'], caller: member, decode: readKind, decide: visitStart, encode: showStart }),
    route({ on: ['GET', '/developers/apps'], caller: member, decode: readDone, decide: visitApps, encode: showApps }),
    route({
      on: ['POST', '/developers/apps'],
      caller: memberForm,
      decode: readApp,
      decide: registerApp,
      encode: showApps,
    }),
    route({
      on: ['GET', '/developers/apps/:id'],
      caller: member,
      decode: readAppVisit,
      decide: visitApp,
      encode: showApp,
    }),
    route({
      on: ['POST', '/developers/apps/:id'],
      caller: memberForm,
      decode: readAppAct,
      decide: actOnApp,
      encode: showApp,
    }),
    route({
      on: ['GET', '/developers/scopes'],
      caller: member,
      decode: nothing,
      decide: listScopes,
      encode: showScopes,
    }),
    route({ on: ['GET', '/developers/keys'], caller: member, decode: readDone, decide: visitKeys, encode: showKeys }),
    route({
      on: ['POST', '/developers/keys'],
      caller: memberForm,
      decode: readEndOfKeyGrant,
      decide: endKeyGrant,
      encode: showEndOfKeyGrant,
    }),
    route({ on: ['GET', '/developers/errors'], caller: member, decode: nothing, decide: nothing, encode: toErrors }),
    route({ on: ['GET', '/developers/log'], caller: member, decode: readLog, decide: visitLog, encode: showLog }),
    route({
      on: ['GET', '/developers/migration'],
      caller: member,
      decode: nothing,
      decide: visitMigration,
      encode: showMigration,
    }),
  ],
}
