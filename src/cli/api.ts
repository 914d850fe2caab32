import { createResource } from '../core/resources/create-resource.ts'
import { deleteResource } from '../core/resources/delete-resource.ts'
import { OPERATOR } from '../model/actor.ts'
import { Refusal } from '../model/refusal.ts'
import { list, record } from './answer.ts'
import type { Noun } from './command.ts'
import { iso, showResource } from './shapes.ts'

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
        { flags: '--token-format <format>', about: 'opaque (the standard) or jwt' },
        { flags: '--strict-audience', about: 'refuse credentials that name no audience' },
      ],
      async run({ options, world }) {
        const tokenFormat = options.oneOf('tokenFormat', ['opaque', 'jwt'])
        const { resource, clientId, secret } = await createResource(await world(), OPERATOR, {
          audience: options.required('audience'),
          name: options.required('name'),
          scopes: options.scopes() ?? [],
          strictAudience: options.said('strictAudience'),
          ...(tokenFormat && { tokenFormat }),
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
      at: 'delete <audience>',
      aliases: ['rm'],
      about: 'Delete an API, by audience or client id, and the client it asked with',
      examples: ['claviger api delete https://api.example.com'],
      async run({ options, world }) {
        const installation = await world()
        const name = options.argument(0)
        const found = (await installation.resources.byClient(name)) ?? (await installation.lookups.resource(name))
        const audience = found?.audience ?? name
        return record({ ...showResource(await deleteResource(installation, OPERATOR, { audience })), deleted: true })
      },
    },
  ],
}
