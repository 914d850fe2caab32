import { CLIENT_SOURCES, isOutOfBand } from '../../model/clients/client.ts'
import { isDocumentAddress } from '../../model/clients/client-document.ts'
import type { EndingName } from '../../model/credentials/ending.ts'
import type { Answer as Told } from '../../server/management.ts'
import { GRANT, readGrants } from '../credentials/grant-option.ts'
import { type Answer, list, record } from '../output/answer.ts'
import { PAGING, readPages } from '../output/paging.ts'
import { isoOf, showClient, showUndelivered } from '../output/shapes.ts'
import { findApi } from '../place/find-api.ts'
import { findUser } from '../place/find-user.ts'
import type { Noun, Option } from '../program/command.ts'
import { ofClient, ofClientSecrets } from '../program/foresee.ts'
import type { Options } from '../program/options.ts'
import { KEYS, readKeys } from './client-keys.ts'
import { POLICY, type Policy, readPolicy } from './client-policy.ts'

const REDIRECT: Option = {
  flags: '--redirect-uri <uri>',
  about: 'redirect address, such as https://app.example.com/callback (can be repeated)',
  many: true,
}
const SCOPE: Option = {
  flags: '--scope <scopes>',
  about: 'scopes that the application may request, such as "read write"',
}

export const app: Noun = {
  verbs: [
    {
      at: 'create',
      begins: true,
      aliases: ['new'],
      about: 'Register an application and print its secret once',
      examples: [
        'claviger app create --name "Nightly job" --scope read',
        'claviger app create --name "My site" --redirect-uri https://example.com/callback --scope "read write"',
        'claviger app create --name "Phone app" --public --redirect-uri com.example.app:/callback --scope read',
      ],
      options: [
        { flags: '--name <name>', about: 'name of the application on the consent page', required: true },
        REDIRECT,
        GRANT,
        SCOPE,
        { flags: '--public', about: 'register a public client, which has no secret (browser and phone applications)' },
        { flags: '--owner <user>', about: 'user who owns the application: handle, e-mail address or id' },
        { flags: '--website <url>', about: 'address of the home page' },
        ...KEYS,
        ...POLICY,
      ],
      makes: 'secret',
      async run(call) {
        const { options, manage } = call
        const redirect_uris = options.all('redirectUri')
        const [owner, website] = [options.one('owner'), options.one('website')]
        const grant_types = readGrants(options)
        const body = {
          name: options.required('name'),
          redirect_uris,
          scopes: options.scopes() ?? [],
          type: options.said('public') ? ('public' as const) : ('confidential' as const),
          ...policyFor(options, redirect_uris),
          ...(grant_types.length > 0 && { grant_types }),
          ...(owner && { owner_id: (await findUser(call, owner)).id }),
          ...(website && { website }),
          ...readKeys(options),
        }
        const { client, client_secret } = await manage('createClient', { body })
        return client_secret === null ? shown(client) : showOnce(client, client_secret)
      },
    },
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List applications, newest first',
      examples: ['claviger app list', 'claviger app list --owner ada --json'],
      options: [
        { flags: '--owner <user>', about: 'list only applications of this user: handle, e-mail address or id' },
        { flags: '--search <text>', about: 'part of the name' },
        { flags: '--source <source>', about: `how the application was registered: ${CLIENT_SOURCES.join(', ')}` },
        { flags: '--type <type>', about: 'client type: confidential or public' },
        { flags: '--api <audience>', about: 'list only applications that may request a scope of this API' },
        { flags: '--waiting', about: 'list only applications that registered themselves and are not approved yet' },
        ...PAGING,
      ],
      async run(call) {
        const owner = call.options.one('owner')
        const [search, source] = [call.options.one('search'), call.options.oneOf('source', CLIENT_SOURCES)]
        const type = call.options.oneOf('type', ['confidential', 'public'])
        const api = call.options.one('api')
        const filter = {
          ...(owner && { owner: (await findUser(call, owner)).id }),
          ...(search && { q: search }),
          ...(source && { source }),
          ...(type && { type }),
          ...(api && { api: (await findApi(call, api)).id }),
          ...(call.options.said('waiting') && { review: 'waiting' as const }),
        }
        const page = await readPages(call, ask => call.manage('listClients', { query: { ...filter, ...ask } }))
        return list(page, showClient, {
          client_id: one => one.id,
          name: one => one.name,
          type: one => one.type,
          active: one => one.active,
          scope: one => one.scopes.join(' '),
          created: one => isoOf(one.created_at),
        })
      },
    },
    {
      at: 'get <client-id>',
      about: 'Show an application',
      examples: ['claviger app get clv_cid_…'],
      run: async ({ options, manage }) => shown(await manage('getClient', { id: options.argument(0) })),
    },
    {
      at: 'update <client-id>',
      about: 'Change an application; its tokens lose the scopes that it loses',
      examples: [
        'claviger app update clv_cid_… --scope read --redirect-uri https://example.com/callback',
        'claviger app update clv_cid_… --owner grace',
        'claviger app update clv_cid_… --pkce when-sent',
      ],
      options: [
        { flags: '--name <name>', about: 'new name of the application' },
        { flags: '--website <url>', about: "address of the home page; '' removes it" },
        { flags: '--owner <user>', about: 'user who becomes the owner: handle, e-mail address or id' },
        REDIRECT,
        GRANT,
        SCOPE,
        ...KEYS,
        ...POLICY,
      ],
      async run(call) {
        const { options, manage } = call
        const [name, website, scopes] = [options.one('name'), options.one('website'), options.scopes()]
        // A single empty address stands for an empty list.
        const [said, grant_types] = [options.all('redirectUri'), readGrants(options)]
        const redirect_uris = said.filter(uri => uri !== '')
        const owner = options.one('owner')
        const body = {
          ...(owner !== undefined && { owner_id: (await findUser(call, owner)).id }),
          ...(name !== undefined && { name }),
          ...(scopes && { scopes }),
          ...(website !== undefined && { website: website || null }),
          ...(said.length > 0 && { redirect_uris }),
          ...policyFor(options, redirect_uris),
          ...(grant_types.length > 0 && { grant_types }),
          ...readKeys(options),
        }
        return shown(await manage('changeClient', { id: options.argument(0), body }))
      },
    },
    {
      at: 'approve <client-id>',
      about: 'Approve an application that registered itself',
      examples: ['claviger app approve clv_cid_…'],
      run: async ({ options, manage }) =>
        shown(await manage('changeClient', { id: options.argument(0), body: { reviewed: true } })),
    },
    activity(
      'disable',
      false,
      'Disable an application: its tokens stop until it is enabled; tokens of an application with a metadata document end for good',
    ),
    activity('enable', true, 'Enable an application again'),
    {
      at: 'delete <client-id>',
      aliases: ['rm'],
      about: 'Delete an application and revoke its tokens, for good',
      examples: ['claviger app delete clv_cid_…', 'claviger app delete clv_cid_… --dry-run'],
      ends: { act: 'deleteClient', foresee: ofClient },
      async run({ options, manage }) {
        const gone = await manage('getClient', { id: options.argument(0) })
        await manage('deleteClient', { id: gone.id })
        return record({ ...showClient(gone), active: false, deleted: true })
      },
    },
    {
      at: 'logouts <client-id>',
      about: 'List the sign-outs (back-channel logouts) that an application has not received',
      examples: ['claviger app logouts clv_cid_…', 'claviger app logouts clv_cid_… --repeat'],
      options: [{ flags: '--repeat', about: 'send them again, including those that the server stopped sending' }],
      async run({ options, manage }) {
        const id = options.argument(0)
        if (options.said('repeat')) return record(await manage('repeatUndeliveredLogouts', { id }))
        return list(await manage('listUndeliveredLogouts', { id }), showUndelivered, {
          user: one => one.user.name ?? one.user.id,
          tries: one => String(one.tries),
          fault: one => one.fault,
          next: one => isoOf(one.next_try_at) ?? 'given up',
        })
      },
    },
    {
      at: 'secret rotate <client-id>',
      about: 'Replace the secret; the old secret stops at once, or after --overlap',
      examples: ['claviger app secret rotate clv_cid_…', 'claviger app secret rotate clv_cid_… --overlap 24h'],
      options: [
        { flags: '--overlap <time>', about: 'time for which the old secret still works, such as 24h (default: none)' },
      ],
      ends: {
        act: options => (options.duration('overlap') ? 'rotateClientSecret' : 'replaceClientSecret'),
        foresee: ofClientSecrets,
      },
      makes: 'secret',
      async run({ options, manage }) {
        const id = options.argument(0)
        const body = { overlap_seconds: options.duration('overlap') ?? 0 }
        const { client_secret } = await manage('rotateClientSecret', { id, body })
        return showOnce(await manage('getClient', { id }), client_secret)
      },
    },
  ],
}

/** Allows the out-of-band flow if the operator gives an out-of-band redirect URI, unless an option says otherwise. */
function policyFor(options: Options, redirectUris: readonly string[]): { policy?: Policy } {
  const { policy } = readPolicy(options)
  if (!redirectUris.some(isOutOfBand)) return policy ? { policy } : {}
  return { policy: { out_of_band: 'allowed', ...policy } }
}

/** Shows a client with the warnings about its policy. */
const shown = (client: Told<'getClient'>): Answer => record(showClient(client), { notes: client.warnings })

function showOnce(client: Told<'getClient'>, client_secret: string): Answer {
  const { client_id, ...rest } = showClient(client)
  const notes = ['The secret is shown once and cannot be shown again.', ...client.warnings]
  return record({ client_id, client_secret, ...rest }, { notes })
}

/** Disabling a client that a document describes also ends everything issued to it, which enabling does not restore. */
function stopping(options: Options): EndingName {
  return isDocumentAddress(options.argument(0)) ? 'blockClient' : 'disableClient'
}

function activity(at: 'disable' | 'enable', active: boolean, about: string): Noun['verbs'][number] {
  return {
    at: `${at} <client-id>`,
    about,
    examples: [`claviger app ${at} clv_cid_…`],
    ...(at === 'disable' && { ends: { act: stopping, foresee: ofClient } }),
    run: async ({ options, manage }) =>
      shown(await manage('changeClient', { id: options.argument(0), body: { active } })),
  }
}
