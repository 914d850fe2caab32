import type { Body } from '../../../../src/wire/admin/contract.ts'
import { DAY } from '../../span.ts'
import { quoted } from './curl.ts'
import { type Flags, id, life, type Rows, say, set, span, words } from './say-command.ts'

/* Applications, their registrations and documents as commands, for `COMMANDS`. */

const inTime = (seconds: number | undefined): string | undefined => (seconds === undefined ? undefined : span(seconds))

/** `null` has its own word for each field. */
function policyFlags(policy: Body<'changeClient'>['policy'] = {}): Flags {
  const { pkce, out_of_band, http_redirects, pushed_requests, consent, default_scopes } = policy
  const { access_token_seconds: access, refresh_token_seconds: refresh, code_seconds: code } = policy
  return {
    pkce: pkce === null ? 'standard' : pkce,
    'http-redirects': http_redirects,
    'out-of-band': out_of_band,
    'pushed-requests': pushed_requests,
    consent,
    'access-token': access === null ? 'never' : inTime(access),
    'refresh-token': inTime(refresh),
    code: inTime(code),
    'default-scope': default_scopes === null ? '' : words(default_scopes),
  }
}

export const APPLICATION_COMMANDS = {
  createRegistrationToken: ({ body }, { now }) =>
    say('registration-token create', {
      name: set(body?.name),
      uses: body?.uses === undefined ? undefined : String(body.uses),
      expires: body?.expires_at === undefined ? undefined : life(body.expires_at, now),
      scope: words(body?.scopes),
      grant: body?.grant_types,
    }),
  listRegistrationTokens: () => say('registration-token list'),
  revokeRegistrationToken: what => say(`registration-token revoke ${id(what)}`),
  createRegistrationBlock: ({ body }) =>
    say(`registration-block create ${quoted(body?.value ?? '')}`, { note: set(body?.note), disable: body?.disable }),
  listRegistrationBlocks: () => say('registration-block list'),
  deleteRegistrationBlock: what => say(`registration-block delete ${id(what)}`),

  listClients: ({ query }) =>
    say('app list', {
      search: set(query?.q),
      source: set(query?.source),
      type: set(query?.type),
      owner: set(query?.owner),
      api: set(query?.api),
      waiting: query?.review === 'waiting',
    }),
  createClient: ({ body }, { me }) =>
    say('app create', {
      name: body?.name || 'NAME',
      'redirect-uri': body?.redirect_uris?.length ? body.redirect_uris : undefined,
      scope: words(body?.scopes),
      public: body?.type === 'public',
      owner: body?.owner_id ?? me,
    }),
  changeClient: what => {
    const { active, reviewed, name, website, owner_id: owner, redirect_uris, ...more } = what.body ?? {}
    const { grant_types, scopes, policy, jwks, jwks_uri, metadata } = more
    if (reviewed) return say(`app approve ${id(what)}`)
    if (active !== undefined) return say(`app ${active ? 'enable' : 'disable'} ${id(what)}`)
    const lists = { 'redirect-uri': redirect_uris, grant: grant_types, scope: words(scopes) }
    const keys = { jwks: jwks && JSON.stringify(jwks), 'jwks-uri': jwks_uri ?? undefined }
    // One option removes both.
    if (jwks === null || jwks_uri === null) keys['jwks-uri'] ??= ''
    return say(`app update ${id(what)}`, {
      name,
      website,
      owner,
      ...lists,
      ...keys,
      ...policyFlags(policy),
      metadata: metadata && JSON.stringify(metadata),
    })
  },
  deleteClient: what => say(`app delete ${id(what)}`),
  listUndeliveredLogouts: what => say(`app logouts ${id(what)}`),
  repeatUndeliveredLogouts: what => say(`app logouts ${id(what)} --repeat`),
  rotateClientSecret: what =>
    say(`app secret rotate ${id(what)}`, { overlap: span(what.body?.overlap_seconds ?? DAY) }),

  listClientDocuments: ({ query }) => say('client-document list', { search: set(query?.q) }),
  getClientDocument: what => say(`client-document get ${id(what)}`),
  refreshClientDocument: what => say(`client-document refresh ${id(what)}`),
} satisfies Rows
