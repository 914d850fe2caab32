import type { OperationId } from '../../../../src/wire/admin/contract.ts'
import { DAY } from '../../span.ts'
import { claimWords } from '../../users/claim-lines.ts'
import { APPLICATION_COMMANDS } from './application-commands.ts'
import { type Asked, quoted } from './curl.ts'
import { type Context, id, life, pairsOf, type Rows, say, set, span, words } from './say-command.ts'

/*
 * Actions of the console as shell commands of `claviger` (for curl: `curl.ts`). One table for all pages; a test runs every
 * command against a real server.
 */

/** Writes the limit of a list as a duration before now, so that a stored command keeps its meaning. */
const ago = (at: unknown, now: number): string | undefined =>
  at === undefined || at === '' ? undefined : span(Math.max(0, now - Number(at)))

const SORTS: Readonly<Record<string, string>> = { last_used_at: 'last-used', expires_at: 'expires' }
const ACCEPTED = 'access_token,api_key,application_token,user_token,token_pair,refresh_token'

export const COMMANDS = {
  ...APPLICATION_COMMANDS,
  listCredentials: ({ query }, { now }) =>
    say('credential list', {
      kind: query?.kind || ACCEPTED,
      status: set(query?.status),
      'made-by': query?.made_by,
      'unused-for': query?.unused_days === undefined ? undefined : `${query.unused_days}d`,
      sort: SORTS[query?.sort?.replace('-', '') ?? ''],
      'oldest-first': query?.sort !== undefined && !query.sort.startsWith('-'),
      search: set(query?.q),
      user: set(query?.owner),
      app: set(query?.client),
      api: set(query?.api),
      use: set(query?.use),
      limit: query?.limit === undefined ? undefined : String(query.limit),
      'created-after': ago(query?.created_after, now),
      'created-before': ago(query?.created_before, now),
    }),
  createCredential: ({ body }, { me, now }) =>
    say(`${body?.kind === 'api_key' ? 'key' : 'token'} create`, {
      user: body?.owner_id ?? me,
      name: body?.name || 'NAME',
      scope: words(body?.scopes),
      expires: life(body?.expires_at, now),
      audience: body?.audience,
      network: body?.networks,
      note: body?.note,
      metadata: pairsOf(body?.metadata),
    }),
  changeCredential: (what, { now }) => {
    const { active, expires_at, scopes, networks, metadata, ...said } = what.body ?? {}
    return say(`credential update ${id(what)}`, {
      ...said,
      scope: scopes === null ? undefined : words(scopes),
      'all-scopes': scopes === null,
      network: networks === null || networks?.length === 0 ? 'any' : networks,
      expires: expires_at === undefined ? undefined : life(expires_at, now),
      metadata: pairsOf(metadata),
      disable: active === false,
      enable: active === true,
    })
  },
  rotateCredential: what => say(`key rotate ${id(what)}`, { overlap: span(what.body?.overlap_seconds ?? DAY) }),
  revokeCredential: what => say(`credential revoke ${id(what)}`),
  revokeCredentials: ({ body }) =>
    body?.ids
      ? body.ids.map(one => say(`credential revoke ${quoted(one)}`)).join(' && ')
      : say('credential revoke-all', { user: body?.owner_id, app: body?.client_id, kind: body?.kinds?.join(',') }),
  listSessions: ({ query }) => say('session list', { user: set(query?.owner), status: 'active' }),
  endSession: what => say(`session revoke ${id(what)}`),
  revokeGrant: what => say(`grant revoke ${id(what)}`),

  listUsers: ({ query }) =>
    say('user list', {
      search: set(query?.q),
      role: set(query?.role),
      active: query?.active && (query.active === 'true' ? 'yes' : 'no'),
    }),
  createUser: ({ body }) =>
    `${body?.password === undefined ? '' : 'printf %s "$PASSWORD" | '}${say('user create', {
      handle: body?.handle || 'NAME',
      email: body?.email ?? undefined,
      'first-name': body?.first_name ?? undefined,
      'last-name': body?.last_name ?? undefined,
      role: body?.role,
      'password-stdin': body?.password !== undefined,
    })}`,
  changeUser: what => {
    const { active, first_name, last_name, scopes, claims, ...named } = what.body ?? {}
    if (active !== undefined) return say(`user ${active ? 'enable' : 'disable'} ${id(what)}`)
    const limit = { scope: scopes === null ? undefined : words(scopes), 'no-limit': scopes === null }
    const names = {
      'first-name': first_name,
      'last-name': last_name,
      claim: claims ? claimWords(claims as Record<string, unknown>) : undefined,
    }
    return say(`user update ${id(what)}`, { ...named, ...names, ...limit })
  },
  // The password comes by a pipe, so the command cannot ask a question.
  setPassword: what => `printf %s "$PASSWORD" | ${say(`user password ${id(what)} --password-stdin --yes`)}`,
  removeSecondFactor: what => say(`user second-factor remove ${id(what)}`),
  deleteUser: what => say(`user delete ${id(what)}`),

  listResourceServers: () => say('api list'),
  createResourceServer: ({ body }) =>
    say('api create', {
      audience: body?.audience || 'URI',
      name: body?.name || 'NAME',
      scope: body?.scopes?.length ? words(body.scopes) : undefined,
      'token-format': body?.token_format === 'jwt' ? 'jwt' : undefined,
      'strict-audience': body?.strict_audience === true,
      'key-consent': body?.key_consent === true,
      'rolling-exp': body?.rolling_exp_seconds ? span(body.rolling_exp_seconds) : undefined,
    }),
  changeResourceServer: what => {
    const { name, scopes, token_format, strict_audience, key_consent, rolling_exp_seconds: end } = what.body ?? {}
    return say(`api update ${id(what)}`, {
      name,
      scope: words(scopes),
      'token-format': token_format,
      'strict-audience': strict_audience === true,
      'no-strict-audience': strict_audience === false,
      'key-consent': key_consent === true,
      'no-key-consent': key_consent === false,
      'rolling-exp': end === undefined ? undefined : end === null ? 'never' : span(end),
    })
  },
  deleteResourceServer: what => say(`api delete ${id(what)}`),
  listGates: () => say('gate list'),
  createGate: ({ body }) =>
    say(`gate create ${quoted(body?.name || 'NAME')}`, {
      audience: body?.audience ?? undefined,
      scope: body?.scopes?.length ? words(body.scopes) : undefined,
      profile: body?.profile === 'oauth' ? undefined : body?.profile,
      preflights: body?.preflights === 'check' ? undefined : body?.preflights,
    }),
  changeGate: ({ params, body }) => {
    const { scopes, ...wanted } = body ?? {}
    return say(`gate update ${quoted(params?.['name'] ?? '')}`, { ...wanted, scope: words(scopes) })
  },
  deleteGate: ({ params }) => say(`gate delete ${quoted(params?.['name'] ?? '')}`),
  putScope: ({ params, body }) =>
    say(`scope create ${quoted(params?.['scope'] || 'SCOPE')}`, {
      sentence: body?.sentence || 'SENTENCE',
      risk: body?.risk,
    }),
  deleteScope: ({ params }) => say(`scope delete ${quoted(params?.['scope'] ?? '')}`),

  listSigningKeys: () => say('signing-key list'),
  rotateSigningKey: ({ body }) => say('signing-key rotate', { alg: body?.algorithm }),
  removeSigningKey: what => say(`signing-key remove ${id(what)}`),
  listJournal: ({ query }, { now }) =>
    say('journal list', {
      text: set(query?.q),
      outcome: query?.outcome,
      event: query?.event,
      api: set(query?.api),
      user: set(query?.owner),
      app: set(query?.client),
      credential: set(query?.credential),
      actor: set(query?.actor),
      'request-id': set(query?.request_id),
      ip: set(query?.ip),
      reason: set(query?.reason),
      since: ago(query?.since, now),
      until: ago(query?.until, now),
    }),
  explain: ({ body }) =>
    body?.request_id === undefined
      ? `printf %s "$CREDENTIAL" | ${say('explain')}`
      : say('explain', { 'request-id': body.request_id }),
  listViews: (_what, { me }) => say('view list', { user: me }),
  putView: ({ params, body }, { me }) =>
    say(`view create ${quoted(params?.['name'] || 'NAME')}`, { user: me, page: body?.page, query: body?.query }),
  deleteView: ({ params }, { me }) => say(`view delete ${quoted(params?.['name'] ?? '')}`, { user: me }),
  listSettings: () => say('config list --show-origin'),
} satisfies Rows

/** Operations only for a session: no token may use them, so there is no curl command. */
export const BY_COMMAND_ALONE: readonly OperationId[] = ['listViews', 'putView', 'deleteView']

export type Shown = keyof typeof COMMANDS

export const asCommand = <Id extends Shown>(operation: Id, what: Asked<Id>, context: Context): string =>
  (COMMANDS[operation] as (what: Asked<Id>, context: Context) => string)(what, context)
