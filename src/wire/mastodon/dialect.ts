import { changeOwnPassword } from '../../core/change-own-password.ts'
import { issueTokens } from '../../core/issue-tokens.ts'
import { findOwnToken, listOwnTokens, revokeOwnToken } from '../../core/own-tokens.ts'
import { revokeToken } from '../../core/revoke-token.ts'
import { type Dialect, type Route, route } from '../dialect.ts'
import { authorizationEndpoint } from '../kit/authorize.ts'
import { nobody } from '../kit/callers.ts'
import { seeOther } from '../kit/html.ts'
import { sourceOf } from '../kit/request.ts'
import { visitor } from '../kit/visitor.ts'
import { findAccount, showAccount, showAvatar, showHeader, showUserInfo } from './accounts.ts'
import {
  showApp,
  showEmpty,
  showEmptyList,
  showNewApp,
  showOwnApp,
  showOwnApps,
  showOwnTokens,
  showToken,
  showTokens,
} from './answers.ts'
import { deleteOwnApp, findApp, findOwnApp, listOwnApps, registerApp, signUp } from './apps.ts'
import {
  readApp,
  readAuthorize,
  readClientPage,
  readExchange,
  readNumber,
  readPasswordChange,
  readRevocation,
  readSignUp,
  readTokenId,
  readTokenPage,
} from './asks.ts'
import { anyToken, clientGivingBack, clientWithGrant, nobodyAtAll, registrant, token, user } from './callers.ts'
import {
  describeInstance,
  findByResource,
  showHostMeta,
  showInstance,
  showInstanceV2,
  showNodeInfo,
  showNodeInfoLinks,
  showPreferences,
  showWebFinger,
} from './instance.ts'
import { refuseMastodon } from './refusals.ts'
import { SCOPES } from './scopes.ts'

const cors = 'any-origin'
const nothing = () => undefined

/** What belongs to posts and followers: of that there is nothing here, and a client that asks is told so. */
const empty = (path: string, ...scopes: string[]): Route =>
  route({ at: `GET ${path}`, caller: user(...scopes), decode: nothing, decide: nothing, encode: showEmptyList, cors })

/** The same answer for anybody, about this server as it is. */
const about = (path: string, encode: Parameters<typeof route<undefined, undefined, Instance>>[0]['encode']): Route =>
  route({ at: `GET ${path}`, caller: nobody, decode: nothing, decide: describeInstance, encode, cors })
type Instance = Awaited<ReturnType<typeof describeInstance>>

const picture = (path: string, encode: typeof showAvatar): Route =>
  route({ at: `GET ${path}`, caller: nobody, decode: nothing, decide: nothing, encode, cors })

const shut = (at: string): Route =>
  route({ at, caller: nobodyAtAll, decode: nothing, decide: nothing, encode: showEmpty })

/** GoToSocial and Mastodon: one table for both, because their clients are the same. */
export const mastodon: Dialect = {
  name: 'mastodon',
  switchedBy: 'mastodon',
  prefixes: ['/api', '/oauth', '/nodeinfo'],
  refuse: refuseMastodon,
  scopes: SCOPES,
  routes: [
    // Applications
    route({
      at: 'POST /api/v1/apps',
      caller: registrant,
      decode: readApp,
      decide: registerApp,
      encode: showNewApp,
      cors,
    }),
    route({
      at: 'GET /api/v1/apps/verify_credentials',
      caller: anyToken,
      decode: nothing,
      decide: findApp,
      encode: showApp,
      cors,
    }),
    route({
      at: 'GET /api/v1/apps',
      caller: user('read:applications'),
      decode: readClientPage,
      decide: listOwnApps,
      encode: showOwnApps,
      cors,
    }),
    route({
      at: 'GET /api/v1/apps/:id',
      caller: user('read:applications'),
      decode: readNumber,
      decide: findOwnApp,
      encode: showOwnApp,
      cors,
    }),
    route({
      at: 'DELETE /api/v1/apps/:id',
      caller: user('write:applications'),
      decode: readNumber,
      decide: deleteOwnApp,
      encode: showOwnApp,
      cors,
    }),
    ...['GET,POST /oauth/applications', 'GET /oauth/applications/new', 'GET /oauth/applications/:id/edit'].map(shut),
    shut('GET,PUT,PATCH,DELETE /oauth/applications/:id'),
    route({
      at: 'GET /oauth/authorized_applications',
      caller: visitor,
      decode: nothing,
      decide: nothing,
      encode: (_fact, _request, who) => seeOther(who, '/account/applications'),
    }),

    // The code
    authorizationEndpoint('/oauth/authorize', readAuthorize),

    // Tokens
    route({
      at: 'POST /oauth/token',
      caller: clientWithGrant,
      decode: readExchange,
      decide: issueTokens,
      encode: showTokens,
      cors,
    }),
    route({
      at: 'POST /oauth/revoke',
      caller: clientGivingBack,
      decode: readRevocation,
      decide: revokeToken,
      encode: showEmpty,
      cors,
    }),
    route({
      at: 'GET /api/v1/tokens',
      caller: user('read:accounts'),
      decode: readTokenPage,
      decide: async (world, { subject }, ask) => ({
        ...(await listOwnTokens(world, subject.id, ask)),
        at: `${world.rules.issuer}/api/v1/tokens`,
      }),
      encode: showOwnTokens,
      cors,
    }),
    route({
      at: 'GET /api/v1/tokens/:id',
      caller: user('read:accounts'),
      decode: readTokenId,
      decide: (world, { subject }, ask) => findOwnToken(world, subject.id, ask),
      encode: showToken,
      cors,
    }),
    route({
      at: 'POST /api/v1/tokens/:id/invalidate',
      caller: user('write:accounts'),
      decode: readTokenId,
      decide: (world, { subject }, ask) => revokeOwnToken(world, subject.id, ask),
      encode: showToken,
      cors,
    }),

    // The account
    route({
      at: 'POST /api/v1/accounts',
      caller: token('write:accounts'),
      decode: readSignUp,
      decide: signUp,
      encode: showTokens,
      cors,
    }),
    route({
      at: 'POST /api/v1/user/password_change',
      caller: user('write:accounts'),
      decode: readPasswordChange,
      decide: (world, { subject }, ask) => changeOwnPassword(world, subject.id, ask),
      encode: showEmpty,
      cors,
    }),
    ...['/api/v1/accounts/verify_credentials', '/api/v1/verify_credentials'].map(path =>
      route({
        at: `GET ${path}`,
        caller: user('profile', 'read:accounts'),
        decode: nothing,
        decide: findAccount,
        encode: showAccount,
        cors,
      }),
    ),
    route({
      at: 'GET,POST /oauth/userinfo',
      caller: user('profile'),
      decode: nothing,
      decide: findAccount,
      encode: showUserInfo,
      cors,
    }),
    route({
      at: 'GET /api/v1/preferences',
      caller: user('read:accounts'),
      decode: nothing,
      decide: nothing,
      encode: showPreferences,
      cors,
    }),
    empty('/api/v1/notifications', 'read:notifications'),
    empty('/api/v1/announcements', 'read', 'read:accounts'),
    empty('/api/v1/lists', 'read:lists'),
    empty('/api/v1/filters', 'read:filters'),
    route({
      at: 'GET /api/v1/custom_emojis',
      caller: nobody,
      decode: nothing,
      decide: nothing,
      encode: showEmptyList,
      cors,
    }),
    picture('/avatars/missing.svg', showAvatar),
    picture('/headers/missing.svg', showHeader),

    // The server
    about('/api/v1/instance', showInstance),
    about('/api/v2/instance', showInstanceV2),
    about('/.well-known/nodeinfo', showNodeInfoLinks),
    about('/nodeinfo/2.0', showNodeInfo),
    about('/nodeinfo/2.1', showNodeInfo),
    about('/.well-known/host-meta', showHostMeta),
    route({
      at: 'GET /.well-known/webfinger',
      caller: nobody,
      decode: request => ({ resource: request.query.required('resource'), from: sourceOf(request) }),
      decide: findByResource,
      encode: showWebFinger,
      cors,
    }),
  ],
}
