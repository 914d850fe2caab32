import { changeResource } from '../core/resources/change-resource.ts'
import { createResource } from '../core/resources/create-resource.ts'
import { deleteResource } from '../core/resources/delete-resource.ts'
import type { World } from '../core/world.ts'
import { OPERATOR } from '../model/actor.ts'
import { Refusal } from '../model/refusal.ts'
import { list, record } from './answer.ts'
import type { Noun } from './command.ts'
import { ofThing } from './foresee.ts'
import type { Options } from './options.ts'
import { iso, showResource } from './shapes.ts'

const FORMATS = ['opaque', 'jwt'] as const
const TOKEN_FORMAT = { flags: '--token-format <format>', about: 'opaque (the standard) or jwt' }
const ROLLING_EXP = {
  flags: '--rolling-exp <time>',
  about: 'what introspection reports as the end of credentials without one: this far ahead, as in 30d; or never',
}

export const api: Noun = {
  verbs: [
    {
      at: 'create',
      aliases: ['new'],
      about: 'Register an API; it proves itself with the client id and secret that are printed',
      examples: [
        'claviger api create --audience https://api.example.com --name "My API" --scope "read write"',
        'claviger api create --audience https://jwt.example.com --name "Offline API" --token-format jwt',
      ],
      options: [
        { flags: '--audience <uri>', about: 'the absolute URI that names it', required: true },
        { flags: '--name <name>', about: 'what people read', required: true },
        { flags: '--scope <scopes>', about: 'the scopes it knows, as in "read write"' },
        TOKEN_FORMAT,
        { flags: '--strict-audience', about: 'refuse credentials that name no audience' },
        ROLLING_EXP,
      ],
      async run({ options, world }) {
        const tokenFormat = options.oneOf('tokenFormat', FORMATS)
        const rollingExpSeconds = readRollingExp(options)
        const { resource, clientId, secret } = await createResource(await world(), OPERATOR, {
          audience: options.required('audience'),
          name: options.required('name'),
          scopes: options.scopes() ?? [],
          strictAudience: options.said('strictAudience'),
          ...(tokenFormat && { tokenFormat }),
          ...(rollingExpSeconds && { rollingExpSeconds }),
        })
        const { audience, ...rest } = showResource(resource)
        return record(
          { audience, ...rest, client_id: clientId, client_secret: secret },
          { notes: ['The secret is shown once and cannot be shown again.'] },
        )
      },
    },
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List APIs',
      examples: ['claviger api list'],
      async run({ world }) {
        const items = await (await world()).resources.list()
        return list({ items }, showResource, {
          audience: one => one.audience,
          name: one => one.name,
          format: one => one.tokenFormat,
          strict: one => one.strictAudience,
          client_id: one => one.clientId,
          created: one => iso(one.createdAt),
        })
      },
    },
    {
      at: 'get <audience>',
      about: 'Show an API',
      examples: ['claviger api get https://api.example.com'],
      async run({ options, world }) {
        const found = await (await world()).lookups.resource(options.argument(0))
        if (!found) throw new Refusal('audience-unknown', 'no such audience', { sentence: 'There is no such API.' })
        return record(showResource(found))
      },
    },
    {
      at: 'update <audience>',
      about: 'Change an API, by audience or client id; a running server follows within a second',
      examples: [
        'claviger api update https://api.example.com --scope "read write admin"',
        'claviger api update https://mcp.example.com --rolling-exp 30d',
      ],
      options: [
        { flags: '--name <name>', about: 'a new name' },
        { flags: '--scope <scopes>', about: 'the scopes it knows, all of them' },
        TOKEN_FORMAT,
        { flags: '--strict-audience', about: 'refuse credentials that name no audience' },
        { flags: '--no-strict-audience', about: 'take them again' },
        ROLLING_EXP,
      ],
      async run({ options, world }) {
        const installation = await world()
        const [name, scopes, strictAudience] = [options.one('name'), options.scopes(), options.either('strictAudience')]
        const [tokenFormat, rollingExpSeconds] = [options.oneOf('tokenFormat', FORMATS), readRollingExp(options)]
        const changed = await changeResource(installation, OPERATOR, {
          audience: await audienceOf(installation, options.argument(0)),
          ...(name !== undefined && { name }),
          ...(scopes && { scopes }),
          ...(tokenFormat && { tokenFormat }),
          ...(strictAudience !== undefined && { strictAudience }),
          ...(rollingExpSeconds !== undefined && { rollingExpSeconds }),
        })
        return record(showResource(changed))
      },
    },
    {
      at: 'delete <audience>',
      aliases: ['rm'],
      about: 'Delete an API, by audience or client id, and the client it asked with',
      examples: ['claviger api delete https://api.example.com'],
      ends: {
        act: 'deleteResourceServer',
        foresee: ofThing('API', async (call, name) => {
          const world = await call.world()
          return world.resources.byAudience(await audienceOf(world, name))
        }),
      },
      async run({ options, world }) {
        const installation = await world()
        const audience = await audienceOf(installation, options.argument(0))
        return record({ ...showResource(await deleteResource(installation, OPERATOR, { audience })), deleted: true })
      },
    },
  ],
}

/** `null`: no end is reported any more. */
const readRollingExp = (options: Options): number | null | undefined =>
  options.one('rollingExp') === 'never' ? null : options.duration('rollingExp', ', or never')

async function audienceOf({ resources, lookups }: Pick<World, 'resources' | 'lookups'>, name: string): Promise<string> {
  return ((await resources.byClient(name)) ?? (await lookups.resource(name)))?.audience ?? name
}
