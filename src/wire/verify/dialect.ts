import { followFeed } from '../../core/check/follow-feed.ts'
import { reportUsage } from '../../core/check/report-usage.ts'
import { SYSTEM } from '../../model/users/actor.ts'
import { type Dialect, route } from '../dialect.ts'
import { showCounted, showVerdict, showWhoami } from './answers.ts'
import { readFeed, readUsage, readVerify, readWhoami } from './asks.ts'
import { credentialHolder, resourceServer } from './callers.ts'
import { check, checkOwn } from './check.ts'
import { showFeed } from './feed.ts'
import { refuseVerify } from './refusals.ts'

/** The check over HTTP, for APIs and for holders of credentials, and the revocation feed for guards. */
export const verify: Dialect = {
  name: 'verify',
  prefixes: ['/v1/verify', '/v1/whoami', '/v1/feed'],
  refuse: refuseVerify,
  routes: [
    route({
      on: ['POST', '/v1/verify'],
      caller: resourceServer,
      body: 'read',
      decode: readVerify,
      decide: check,
      encode: showVerdict,
    }),
    route({
      on: ['POST', '/v1/verify/usage'],
      caller: resourceServer,
      body: 'read',
      decode: readUsage,
      decide: reportUsage,
      encode: showCounted,
    }),
    route({
      on: ['GET', '/v1/whoami'],
      caller: credentialHolder,
      decode: readWhoami,
      decide: (world, { from }, ask) => checkOwn(world, { by: SYSTEM.by, from }, ask),
      encode: showWhoami,
      cors: 'any-origin',
    }),
    route({
      on: ['GET', '/v1/feed'],
      head: 'refused', // The stream never ends, so there is no answer to HEAD.
      caller: resourceServer,
      decode: readFeed,
      decide: followFeed,
      encode: showFeed,
    }),
  ],
}
