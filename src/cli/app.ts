import { changeClient } from '../core/clients/change-client.ts'
import { type PolicyChange, policyWarnings } from '../core/clients/change-policy.ts'
import { deleteClient } from '../core/clients/delete-client.ts'
import { findClient } from '../core/clients/find-client.ts'
import { registerClient } from '../core/clients/register-client.ts'
import { rotateClientSecret } from '../core/clients/rotate-client-secret.ts'
import { findUser } from '../core/users/find-user.ts'
import type { World } from '../core/world.ts'
import { OPERATOR } from '../model/actor.ts'
import { CLIENT_SOURCES, type Client, GRANT_TYPES, isOutOfBand } from '../model/client.ts'
import { type Answer, list, record } from './answer.ts'
import { POLICY, readPolicy } from './client-policy.ts'
import type { Noun, Option } from './command.ts'
import { ofClient, ofClientSecrets } from './foresee.ts'
import { type Options, usage } from './options.ts'
import { PAGING, readPages } from './paging.ts'
import { iso, showClient } from './shapes.ts'

const REDIRECT: Option = {
  flags: '--redirect-uri <uri>',
  about: 'where users come back to; may stand several times',
  many: true,
}
const GRANT: Option = {
  flags: '--grant <type>',
  about: `one of ${GRANT_TYPES.join(', ')}; may stand several times`,
  many: true,
}
const SCOPE: Option = { flags: '--scope <scopes>', about: 'what it may ask for, as in "read write"' }

export const app: Noun = {
  verbs: [
    {
      at: 'create',
      aliases: ['new'],
      about: 'Register an application; its secret is printed once',
      examples: [
        'claviger app create --name "Nightly job" --scope read',
        'claviger app create --name "My site" --redirect-uri https://example.com/callback --scope "read write"',
        'claviger app create --name "Phone app" --public --redirect-uri com.example.app:/callback --scope read',
      ],
      options: [
        { flags: '--name <name>', about: 'what users read when they are asked', required: true },
        REDIRECT,
        GRANT,
        SCOPE,
        { flags: '--public', about: 'it cannot keep a secret: browser and phone applications' },
        { flags: '--owner <user>', about: 'whose application it is' },
        { flags: '--website <url>', about: 'its home page' },
        ...POLICY,
      ],
      async run({ options, world }) {
        const installation = await world()
        const redirectUris = options.all('redirectUri')
        const [owner, website] = [options.one('owner'), options.one('website')]
        const grantTypes = readGrants(options.all('grant'))
        const { client, secret } = await registerClient(installation, OPERATOR, {
          name: options.required('name'),
          redirectUris,
          scopes: options.scopes() ?? [],
          type: options.said('public') ? 'public' : 'confidential',
          source: 'operator',
          ...policyFor(options, redirectUris),
          ...(grantTypes.length > 0 && { grantTypes }),
          ...(owner && { ownerId: (await findUser(installation, owner)).id }),
          ...(website && { website }),
        })
        return showOnce(client, secret, installation)
      },
    },
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List applications, newest first',
      examples: ['claviger app list', 'claviger app list --owner ada --json'],
      options: [
        { flags: '--owner <user>', about: 'of this user alone' },
        { flags: '--search <text>', about: 'part of the name' },
        { flags: '--source <source>', about: `registered by: ${CLIENT_SOURCES.join(', ')}` },
        { flags: '--type <type>', about: 'confidential or public' },
        { flags: '--waiting', about: 'registered themselves, and nobody has looked at them' },
        ...PAGING,
      ],
      async run(call) {
        const world = await call.world()
        const owner = call.options.one('owner')
        const [search, source] = [call.options.one('search'), call.options.oneOf('source', CLIENT_SOURCES)]
        const type = call.options.oneOf('type', ['confidential', 'public'])
        const filter = {
          ...(owner && { ownerId: (await findUser(world, owner)).id }),
          ...(search && { search }),
          ...(source && { source }),
          ...(type && { type }),
          ...(call.options.said('waiting') && { review: 'waiting' as const }),
        }
        return list(
          await readPages(call, ask => world.clients.list(filter, ask)),
          one => showClient(one, world.rules),
          {
            client_id: one => one.id,
            name: one => one.name,
            type: one => one.type,
            active: one => one.active,
            scope: one => one.scopes.join(' '),
            created: one => iso(one.createdAt),
          },
        )
      },
    },
    {
      at: 'get <client-id>',
      about: 'Show an application',
      examples: ['claviger app get clv_cid_…'],
      async run({ options, world }) {
        const house = await world()
        return shown(await findClient(house, OPERATOR, options.argument(0), 'getClient'), house)
      },
    },
    {
      at: 'update <client-id>',
      about: 'Change an application; tokens never keep more than it may have',
      examples: [
        'claviger app update clv_cid_… --scope read --redirect-uri https://example.com/callback',
        'claviger app update clv_cid_… --owner grace',
        'claviger app update clv_cid_… --pkce when-sent',
      ],
      options: [
        { flags: '--name <name>', about: 'a new name' },
        { flags: '--website <url>', about: "its home page; '' for none" },
        { flags: '--owner <user>', about: 'hand it over to this user' },
        REDIRECT,
        GRANT,
        SCOPE,
        ...POLICY,
      ],
      async run({ options, world }) {
        const [name, website, scopes] = [options.one('name'), options.one('website'), options.scopes()]
        // One empty address means: none.
        const [said, grantTypes] = [options.all('redirectUri'), readGrants(options.all('grant'))]
        const redirectUris = said.filter(uri => uri !== '')
        const installation = await world()
        const owner = options.one('owner')
        const changed = await changeClient(installation, OPERATOR, {
          clientId: options.argument(0),
          ...(owner !== undefined && { ownerId: (await findUser(installation, owner)).id }),
          ...(name !== undefined && { name }),
          ...(scopes && { scopes }),
          ...(website !== undefined && { website: website || null }),
          ...(said.length > 0 && { redirectUris }),
          ...policyFor(options, redirectUris),
          ...(grantTypes.length > 0 && { grantTypes }),
        })
        return shown(changed, installation)
      },
    },
    {
      at: 'approve <client-id>',
      about: 'Note that you looked at an application that registered itself, and let it be',
      examples: ['claviger app approve clv_cid_…'],
      async run({ options, world }) {
        const ask = { clientId: options.argument(0), reviewed: true as const }
        const house = await world()
        return shown(await changeClient(house, OPERATOR, ask), house)
      },
    },
    activity('disable', false, 'Disable an application: its tokens stop working until enabled again'),
    activity('enable', true, 'Enable an application again'),
    {
      at: 'delete <client-id>',
      aliases: ['rm'],
      about: 'Delete an application and every token of it, for good',
      examples: ['claviger app delete clv_cid_…', 'claviger app delete clv_cid_… --dry-run'],
      ends: { act: 'deleteClient', foresee: ofClient },
      async run({ options, world }) {
        const house = await world()
        const gone = await deleteClient(house, OPERATOR, { clientId: options.argument(0) })
        return record({ ...showClient(gone, house.rules), active: false, deleted: true })
      },
    },
    {
      at: 'secret rotate <client-id>',
      about: 'Make a new secret; the old one stops at once, or after --overlap',
      examples: ['claviger app secret rotate clv_cid_…', 'claviger app secret rotate clv_cid_… --overlap 24h'],
      options: [{ flags: '--overlap <time>', about: 'how long the old secret works on, as in 24h' }],
      ends: { act: 'rotateClientSecret', foresee: ofClientSecrets },
      async run({ options, world }) {
        const overlapSeconds = options.duration('overlap') ?? 0
        const house = await world()
        const { client, secret } = await rotateClientSecret(house, OPERATOR, {
          clientId: options.argument(0),
          overlapSeconds,
        })
        return showOnce(client, secret, house)
      },
    },
  ],
}

/** An out-of-band address that the operator writes down is one that the operator allows, unless they say otherwise. */
function policyFor(options: Options, redirectUris: readonly string[]): { policy?: PolicyChange } {
  const { policy } = readPolicy(options)
  if (!redirectUris.some(isOutOfBand)) return policy ? { policy } : {}
  return { policy: { outOfBand: 'allowed', ...policy } }
}

/** With what weakens its policy, in words. */
const shown = (client: Client, { rules }: House): Answer =>
  record(showClient(client, rules), { notes: policyWarnings(client, rules.confidentialPkce) })

function showOnce(client: Client, secret: string | undefined, house: House): Answer {
  if (secret === undefined) return shown(client, house)
  const { client_id, ...rest } = showClient(client, house.rules)
  const warnings = policyWarnings(client, house.rules.confidentialPkce)
  const notes = ['The secret is shown once and cannot be shown again.', ...warnings]
  return record({ client_id, client_secret: secret, ...rest }, { notes })
}
type House = Pick<World, 'rules'>

const readGrants = (said: readonly string[]) =>
  said
    .flatMap(one => one.split(/[\s,]+/))
    .map(one => {
      // The URN of an extension grant, or its last word.
      const known = GRANT_TYPES.find(type => type === one || type.endsWith(`:${one}`))
      if (!known) throw usage('grant', `must be one of ${GRANT_TYPES.join(', ')}, not "${one}"`)
      return known
    })

function activity(at: 'disable' | 'enable', active: boolean, about: string): Noun['verbs'][number] {
  return {
    at: `${at} <client-id>`,
    about,
    examples: [`claviger app ${at} clv_cid_…`],
    ...(at === 'disable' && { ends: { act: 'disableClient' as const, foresee: ofClient } }),
    async run({ options, world }) {
      const house = await world()
      return shown(await changeClient(house, OPERATOR, { clientId: options.argument(0), active }), house)
    },
  }
}
