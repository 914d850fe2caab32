import { type Dialect, route } from '../dialect.ts'
import { readActivity, showActivity, showExport, takeAlong, visitActivity } from './activity.ts'
import {
  disconnect,
  disconnected,
  readApplications,
  readDisconnect,
  showApplications,
  visitApplications,
} from './applications.ts'
import { member, memberForm, provenForm, readDone, refuseAccount } from './member.ts'
import {
  readPassword,
  readProfile,
  savePassword,
  saveProfile,
  showPassword,
  showProfile,
  visitPassword,
  visitProfile,
} from './profile.ts'
import {
  askRemoveFactor,
  beginFactor,
  confirmFactor,
  readFactorCode,
  removeFactor,
  renewCodes,
  showFactor,
  visitFactor,
} from './second-factor.ts'
import { endSessions, readEndSession, sessionsEnded, showSessions, visitSessions } from './sessions.ts'
import { readTokenState, setTokenState, tokenStateSet } from './token-state.ts'
import {
  makeToken,
  readNewToken,
  readReplaceToken,
  readRevokeToken,
  replaceToken,
  revokeToken,
  showTokens,
  tokenRevoked,
  visitTokens,
} from './tokens.ts'

const asAsked = <T>(_world: unknown, _who: unknown, ask: T): T => ask

const HOME = '/account/second-factor'
const nothing = () => undefined
const FACTOR: Dialect['routes'] = [
  route({ on: ['GET', HOME], caller: member, decode: readDone, decide: visitFactor, encode: showFactor }),
  route({
    on: ['POST', `${HOME}/begin`],
    caller: provenForm,
    decode: nothing,
    decide: beginFactor,
    encode: showFactor,
  }),
  route({
    on: ['POST', `${HOME}/confirm`],
    caller: provenForm,
    decode: readFactorCode,
    decide: confirmFactor,
    encode: showFactor,
  }),
  route({
    on: ['POST', `${HOME}/codes`],
    caller: provenForm,
    decode: nothing,
    decide: renewCodes,
    encode: showFactor,
  }),
  route({
    on: ['GET', `${HOME}/remove`],
    caller: member,
    decode: nothing,
    decide: askRemoveFactor,
    encode: showFactor,
  }),
  route({
    on: ['POST', `${HOME}/remove`],
    caller: provenForm,
    decode: nothing,
    decide: removeFactor,
    encode: showFactor,
  }),
]

/** Pages for the user's own profile, sign-in, access and activity. Rendered on the server, without script. */
export const account: Dialect = {
  name: 'account',
  prefixes: ['/account'],
  refuse: refuseAccount,
  routes: [
    route({ on: ['GET', '/account'], caller: member, decode: readDone, decide: visitProfile, encode: showProfile }),
    route({
      on: ['POST', '/account'],
      caller: memberForm,
      decode: readProfile,
      decide: saveProfile,
      encode: showProfile,
    }),
    route({
      on: ['GET', '/account/password'],
      caller: member,
      decode: visitPassword,
      decide: asAsked,
      encode: showPassword,
    }),
    route({
      on: ['POST', '/account/password'],
      caller: memberForm,
      decode: readPassword,
      decide: savePassword,
      encode: showPassword,
    }),
    ...FACTOR,
    route({
      on: ['GET', '/account/applications'],
      caller: member,
      decode: readApplications,
      decide: visitApplications,
      encode: showApplications,
    }),
    route({
      on: ['GET', '/account/applications/:client'],
      caller: member,
      decode: readApplications,
      decide: visitApplications,
      encode: showApplications,
    }),
    route({
      on: ['POST', '/account/applications'],
      caller: memberForm,
      decode: readDisconnect,
      decide: disconnect,
      encode: disconnected,
    }),
    route({
      on: ['GET', '/account/tokens'],
      caller: member,
      decode: readDone,
      decide: visitTokens,
      encode: showTokens,
    }),
    route({
      on: ['POST', '/account/tokens/state'],
      caller: memberForm,
      decode: readTokenState,
      decide: setTokenState,
      encode: tokenStateSet,
    }),
    route({
      on: ['POST', '/account/tokens'],
      caller: provenForm,
      decode: readNewToken,
      decide: makeToken,
      encode: showTokens,
    }),
    route({
      on: ['POST', '/account/tokens/replace'],
      caller: provenForm,
      decode: readReplaceToken,
      decide: replaceToken,
      encode: showTokens,
    }),
    route({
      on: ['POST', '/account/tokens/revoke'],
      caller: memberForm,
      decode: readRevokeToken,
      decide: revokeToken,
      encode: tokenRevoked,
    }),
    route({
      on: ['GET', '/account/sessions'],
      caller: member,
      decode: readDone,
      decide: visitSessions,
      encode: showSessions,
    }),
    route({
      on: ['POST', '/account/sessions'],
      caller: memberForm,
      decode: readEndSession,
      decide: endSessions,
      encode: sessionsEnded,
    }),
    route({
      on: ['GET', '/account/activity'],
      caller: member,
      decode: readActivity,
      decide: visitActivity,
      encode: showActivity,
    }),
    route({
      on: ['GET', '/account/export'],
      caller: member,
      decode: () => undefined,
      decide: takeAlong,
      encode: showExport,
    }),
  ],
}
