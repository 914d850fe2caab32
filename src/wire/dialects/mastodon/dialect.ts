import { findOwnToken } from '../../../core/credentials/own/find-own-token.ts'
import { type ListOwnTokens, listOwnTokens } from '../../../core/credentials/own/list-own-tokens.ts'
import { revokeOwnToken } from '../../../core/credentials/own/revoke-own-token.ts'
import { issueTokens } from '../../../core/oauth/issue-tokens.ts'
import { revokeToken } from '../../../core/oauth/revoke-token.ts'
import { changeOwnPassword } from '../../../core/users/change-own-password.ts'
import type { World } from '../../../core/world.ts'
import type { On, Path } from '../../../http/place.ts'
import type { WireRequest } from '../../../http/request.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import { anonymous, anyone } from '../../callers/anyone.ts'
import { type Caller, type Dialect, type Route, route, type WireAnswer } from '../../dialect.ts'
import { authorizationEndpoint } from '../../oauth/authorize.ts'
import { browser } from '../../ui/browser.ts'
import { seeOther } from '../../ui/html.ts'
import { findAccount, showAccount, showUserInfo } from './accounts.ts'
import * as show from './answers.ts'
import { openToBrowsers, withManners } from './api-rules.ts'
import { deleteOwnApp, findApp, findOwnApp, listOwnApps, registerApp, signUp } from './apps.ts'
import * as read from './asks.ts'
import { anyToken, clientGivingBack, clientWithGrant, noOne, registrant, token, user } from './callers.ts'
import * as server from './instance.ts'
import { REFUSALS, refuseMastodon } from './refusals.ts'
import { SCOPES } from './scopes.ts'
import * as blank from './stubs.ts'

const nothing = () => undefined

/** A route with a constant answer. */
const fixed = (path: Path, encode: () => WireAnswer, caller: Caller<unknown> = anyone): Route =>
  route({ on: ['GET', path], caller, decode: nothing, decide: nothing, encode })

/** A route with facts about this server. */
const about = (path: Path, encode: (facts: server.Facts, request: WireRequest) => WireAnswer): Route =>
  route({ on: ['GET', path], caller: anyone, decode: nothing, decide: server.describeInstance, encode })

const account = (on: On, encode: typeof showAccount, ...anyScope: string[]): Route =>
  route({ on, caller: user(...anyScope), decode: nothing, decide: findAccount, encode })

/** A path that exists in the original and is closed there too. */
const shut = (...on: On & readonly unknown[]): Route =>
  route({ on, caller: noOne, decode: nothing, decide: nothing, encode: show.empty })

const ownTokens = async (world: World, act: Act<Oneself>, ask: ListOwnTokens) => ({
  ...(await listOwnTokens(world, act, ask)),
  at: `${world.rules.issuer}/api/v1/tokens`,
})

/** GoToSocial and Mastodon in one table, because they have the same clients. */
export const mastodon: Dialect = {
  name: 'mastodon',
  switchedBy: 'mastodon',
  prefixes: ['/api', '/oauth', '/nodeinfo'],
  openToBrowsers,
  refuse: refuseMastodon,
  answers: { by: 'Mastodon', of: code => ({ status: REFUSALS[code].api ?? REFUSALS[code].status }) },
  scopes: SCOPES,
  routes: [
    // Applications
    route({
      on: ['POST', '/api/v1/apps'],
      caller: registrant,
      body: 'read',
      decode: read.app,
      decide: registerApp,
      encode: show.newApp,
      metadata: { address: 'app_registration_endpoint', unregistered: true },
    }),
    route({
      on: ['GET', '/api/v1/apps/verify_credentials'],
      caller: anyToken,
      decode: nothing,
      decide: findApp,
      encode: show.app,
    }),
    route({
      on: ['GET', '/api/v1/apps'],
      caller: user('read:applications'),
      decode: read.clientPage,
      decide: listOwnApps,
      encode: show.ownApps,
    }),
    route({
      on: ['GET', '/api/v1/apps/:id'],
      caller: user('read:applications'),
      decode: read.oneApp,
      decide: findOwnApp,
      encode: show.ownApp,
    }),
    route({
      on: ['DELETE', '/api/v1/apps/:id'],
      caller: user('write:applications'),
      decode: read.oneApp,
      decide: deleteOwnApp,
      encode: show.ownApp,
    }),
    shut('GET', 'POST', '/oauth/applications'),
    shut('GET', '/oauth/applications/new'),
    shut('GET', '/oauth/applications/:id/edit'),
    shut('GET', 'PUT', 'PATCH', 'DELETE', '/oauth/applications/:id'),
    route({
      on: ['GET', '/oauth/authorized_applications'],
      caller: browser,
      decode: nothing,
      decide: nothing,
      encode: (_fact, _request, who) => seeOther(who, '/account/applications'),
    }),

    // The code, and tokens
    authorizationEndpoint('/oauth/authorize', read.authorize),
    route({
      on: ['POST', '/oauth/token'],
      caller: clientWithGrant,
      decode: read.exchange,
      decide: issueTokens,
      encode: show.tokens,
    }),
    route({
      on: ['POST', '/oauth/revoke'],
      caller: clientGivingBack,
      decode: read.revocation,
      decide: revokeToken,
      encode: show.empty,
    }),
    route({
      on: ['GET', '/api/v1/tokens'],
      caller: user('read:accounts'),
      decode: read.tokenPage,
      decide: ownTokens,
      encode: show.ownTokens,
    }),
    route({
      on: ['GET', '/api/v1/tokens/:id'],
      caller: user('read:accounts'),
      decode: read.oneToken,
      decide: findOwnToken,
      encode: show.token,
    }),
    route({
      on: ['POST', '/api/v1/tokens/:id/invalidate'],
      caller: user('write:accounts'),
      decode: read.oneToken,
      decide: revokeOwnToken,
      encode: show.token,
    }),

    // The account
    route({
      on: ['POST', '/api/v1/accounts'],
      caller: token('write:accounts'),
      body: 'read',
      decode: read.signUp,
      decide: signUp,
      encode: show.tokens,
    }),
    route({
      on: ['POST', '/api/v1/user/password_change'],
      caller: user('write:accounts'),
      body: 'read',
      decode: read.passwordChange,
      decide: changeOwnPassword,
      encode: show.empty,
    }),
    account(['GET', '/api/v1/accounts/verify_credentials'], showAccount, 'profile', 'read:accounts'),
    account(['GET', '/api/v1/verify_credentials'], showAccount, 'profile', 'read:accounts'),
    {
      ...account(['GET', 'POST', '/oauth/userinfo'], showUserInfo, 'profile'),
      metadata: { address: 'userinfo_endpoint' as const },
    },

    // Posts and followers do not exist on this server: these addresses answer with empty lists.
    fixed('/api/v1/preferences', blank.preferences, user('read:accounts')),
    fixed('/api/v1/notifications', blank.list, user('read:notifications')),
    fixed('/api/v1/announcements', blank.list, user('read', 'read:accounts')),
    fixed('/api/v1/lists', blank.list, user('read:lists')),
    fixed('/api/v1/filters', blank.list, user('read:filters')),
    fixed('/api/v1/custom_emojis', blank.list),
    fixed(blank.AVATAR, blank.avatar),
    fixed(blank.HEADER, blank.header),

    // The server
    about('/api/v1/instance', server.showInstance),
    about('/api/v2/instance', server.showInstanceV2),
    about('/.well-known/nodeinfo', server.showNodeInfoLinks),
    about('/nodeinfo/2.0', server.showNodeInfo),
    about('/nodeinfo/2.1', server.showNodeInfo),
    about('/.well-known/host-meta', server.showHostMeta),
    route({
      on: ['GET', '/.well-known/webfinger'],
      caller: anonymous,
      decode: read.resource,
      decide: server.findByResource,
      encode: server.showWebFinger,
    }),
  ].map(row => ({ ...withManners(row), multipart: true })),
}
