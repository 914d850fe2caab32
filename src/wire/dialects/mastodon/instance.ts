import type { World } from '../../../core/world.ts'
import { pushPublicKey } from '../../../crypto/push-key.ts'
import type { WireRequest } from '../../../http/request.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act } from '../../../model/users/actor.ts'
import { canonicalName, type User } from '../../../model/users/user.ts'
import type { WireAnswer } from '../../dialect.ts'
import { actorAddress, profileAddress } from './accounts.ts'
import { HEADER, LIMITS } from './stubs.ts'

/* Answers to questions of clients before sign-in: the name of the server and its version of the API. */

/** The version of the API, and the real name of this server. */
const generation = (version: string) => `4.3.0 (compatible; Claviger ${version})`
const TITLE = 'Claviger'
const DESCRIPTION = 'Signs people in and gives their applications access. Nothing is posted here.'

export type Facts = { issuer: string; version: string; users: number; open: boolean; pushKey: string }
export const describeInstance = async ({ rules, users, vault }: World): Promise<Facts> => ({
  issuer: rules.issuer,
  version: rules.version,
  users: await users.count(),
  open: rules.registration === 'open',
  pushKey: pushPublicKey(vault),
})

const document = (body: object): WireAnswer => ({
  status: 200,
  headers: { 'cache-control': 'public, max-age=60' },
  body,
})

const host = (issuer: string): string => new URL(issuer).host

export const showInstance = ({ issuer, version, users, open }: Facts): WireAnswer =>
  document({
    uri: host(issuer),
    title: TITLE,
    short_description: DESCRIPTION,
    description: DESCRIPTION,
    email: '',
    version: generation(version),
    urls: { streaming_api: issuer.replace(/^http/, 'ws') },
    stats: { user_count: users, status_count: 0, domain_count: 0 },
    thumbnail: null,
    languages: ['en'],
    registrations: open,
    approval_required: false,
    invites_enabled: false,
    configuration: LIMITS,
    contact_account: null,
    rules: [],
  })

export const showInstanceV2 = ({ issuer, version, users, open, pushKey }: Facts): WireAnswer =>
  document({
    domain: host(issuer),
    title: TITLE,
    version: generation(version),
    source_url: '',
    description: DESCRIPTION,
    // The number of all accounts, because use is not published.
    usage: { users: { active_month: users } },
    thumbnail: { url: issuer + HEADER },
    icon: [],
    languages: ['en'],
    configuration: {
      urls: {
        streaming: issuer.replace(/^http/, 'ws'),
        about: issuer,
        privacy_policy: null,
        terms_of_service: null,
      },
      vapid: { public_key: pushKey },
      accounts: { max_featured_tags: 0, max_pinned_statuses: 0, max_profile_fields: 0 },
      ...LIMITS,
      translation: { enabled: false },
    },
    registrations: { enabled: open, approval_required: false, reason_required: false, message: null, min_age: null },
    api_versions: { mastodon: 2 },
    contact: { email: '', account: null },
    rules: [],
  })

const SCHEMA = 'http://nodeinfo.diaspora.software/ns/schema/'
export const showNodeInfoLinks = ({ issuer }: Facts): WireAnswer =>
  document({
    links: ['2.0', '2.1'].map(version => ({ rel: SCHEMA + version, href: `${issuer}/nodeinfo/${version}` })),
  })

/** Clients that do not know our name choose the API by `upstream`. */
export const showNodeInfo = ({ version, users, open }: Facts, request: WireRequest): WireAnswer => ({
  ...document({
    version: request.path.includes('2.1') ? '2.1' : '2.0',
    software: { name: 'claviger', version },
    protocols: [],
    services: { inbound: [], outbound: [] },
    usage: { users: { total: users, activeMonth: users, activeHalfyear: users }, localPosts: 0 },
    openRegistrations: open,
    metadata: { nodeName: TITLE, upstream: { name: 'mastodon' } },
  }),
})

export const showHostMeta = ({ issuer }: Facts): WireAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/xrd+xml; charset=utf-8', 'cache-control': 'public, max-age=60' },
  body: `<?xml version="1.0" encoding="UTF-8"?>
<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">
  <Link rel="lrdd" template="${issuer}/.well-known/webfinger?resource={uri}"/>
</XRD>
`,
})

/**
 * RFC 7033, only by handle: e-mail addresses are private. Requests are limited, so nobody can test long lists of names.
 */
export async function findByResource(
  { users, rules, throttle }: Pick<World, 'users' | 'rules' | 'throttle'>,
  act: Act,
  ask: { resource: string },
): Promise<{ user: User; issuer: string }> {
  throttle.count('account-question', act.from)
  const [, handle, at] = /^(?:acct:)?@?(.+)@([^@]+)$/.exec(ask.resource) ?? []
  const user = handle !== undefined && at === host(rules.issuer) ? await users.byName(handle) : undefined
  if (!user?.active || canonicalName(user.handle) !== canonicalName(handle ?? '')) throw new Refusal('not-found')
  return { user, issuer: rules.issuer }
}

export const showWebFinger = ({ user, issuer }: { user: User; issuer: string }): WireAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/jrd+json; charset=utf-8', 'cache-control': 'public, max-age=60' },
  body: JSON.stringify({
    subject: `acct:${user.handle}@${host(issuer)}`,
    aliases: [profileAddress(issuer, user), actorAddress(issuer, user)],
    links: [{ rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: profileAddress(issuer, user) }],
  }),
})
