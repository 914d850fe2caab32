import { list, record } from '../output/answer.ts'
import { isoOf, showResource } from '../output/shapes.ts'
import { findApi } from '../place/find-api.ts'
import type { Noun } from '../program/command.ts'
import { ofThing } from '../program/foresee.ts'
import type { Options } from '../program/options.ts'

const FORMATS = ['opaque', 'jwt'] as const
const TOKEN_FORMAT = {
  flags: '--token-format <format>',
  about: 'format of access tokens: opaque or jwt (default: opaque)',
}
const ROLLING_EXP = {
  flags: '--rolling-exp <time>',
  about: 'expiry that introspection reports for credentials without one, counted from now, such as 30d; or never',
}

const KEY_CONSENT = {
  flags: '--key-consent',
  about: 'let users authorize applications with an API key for this API instead of a sign-in',
}

export const api: Noun = {
  verbs: [
    {
      at: 'create',
      begins: true,
      aliases: ['new'],
      about: 'Register an API and print the client id and secret with which it authenticates',
      examples: [
        'claviger api create --audience https://api.example.com --name "My API" --scope "read write"',
        'claviger api create --audience https://jwt.example.com --name "Offline API" --token-format jwt',
      ],
      options: [
        {
          flags: '--audience <uri>',
          about: 'absolute URI that identifies the API, such as https://api.example.com',
          required: true,
        },
        { flags: '--name <name>', about: 'name of the API on pages', required: true },
        { flags: '--scope <scopes>', about: 'scopes that the API knows, such as "read write"' },
        TOKEN_FORMAT,
        { flags: '--strict-audience', about: 'refuse credentials that have no audience' },
        KEY_CONSENT,
        ROLLING_EXP,
      ],
      makes: 'secret',
      async run({ options, manage }) {
        const tokenFormat = options.oneOf('tokenFormat', FORMATS)
        const rollingExpSeconds = readRollingExp(options)
        const body = {
          audience: options.required('audience'),
          name: options.required('name'),
          scopes: options.scopes() ?? [],
          strict_audience: options.said('strictAudience'),
          key_consent: options.said('keyConsent'),
          ...(tokenFormat && { token_format: tokenFormat }),
          ...(rollingExpSeconds && { rolling_exp_seconds: rollingExpSeconds }),
        }
        const { resource_server, client_secret } = await manage('createResourceServer', { body })
        return record(
          { ...showResource(resource_server), client_secret },
          { notes: ['The secret is shown once and cannot be shown again.'] },
        )
      },
    },
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List APIs',
      examples: ['claviger api list'],
      async run({ manage }) {
        return list(await manage('listResourceServers'), showResource, {
          audience: one => one.audience,
          name: one => one.name,
          scopes: one => one.scopes.join(' '),
          format: one => one.token_format,
          strict: one => one.strict_audience,
          client_id: one => one.id,
          created: one => isoOf(one.created_at),
        })
      },
    },
    {
      at: 'get <audience>',
      about: 'Show an API, by audience or client id',
      examples: ['claviger api get https://api.example.com'],
      run: async call => record(showResource(await findApi(call, call.options.argument(0)))),
    },
    {
      at: 'update <audience>',
      about: 'Change an API, by audience or client id; running servers apply it within a second',
      examples: [
        'claviger api update https://api.example.com --scope "read write admin"',
        'claviger api update https://mcp.example.com --rolling-exp 30d',
      ],
      options: [
        { flags: '--name <name>', about: 'a new name' },
        { flags: '--scope <scopes>', about: 'all scopes that the API knows; replaces the present list' },
        TOKEN_FORMAT,
        { flags: '--strict-audience', about: 'refuse credentials that have no audience' },
        { flags: '--no-strict-audience', about: 'accept credentials that have no audience' },
        KEY_CONSENT,
        { flags: '--no-key-consent', about: 'require a sign-in; grants that were made with a key stay valid' },
        ROLLING_EXP,
      ],
      async run(call) {
        const { options, manage } = call
        const [name, scopes, strictAudience] = [options.one('name'), options.scopes(), options.either('strictAudience')]
        const [tokenFormat, rollingExpSeconds] = [options.oneOf('tokenFormat', FORMATS), readRollingExp(options)]
        const keyConsent = options.either('keyConsent')
        const { id } = await findApi(call, options.argument(0))
        const body = {
          ...(name !== undefined && { name }),
          ...(scopes && { scopes }),
          ...(tokenFormat && { token_format: tokenFormat }),
          ...(strictAudience !== undefined && { strict_audience: strictAudience }),
          ...(keyConsent !== undefined && { key_consent: keyConsent }),
          ...(rollingExpSeconds !== undefined && { rolling_exp_seconds: rollingExpSeconds }),
        }
        return record(showResource(await manage('changeResourceServer', { id, body })))
      },
    },
    {
      at: 'delete <audience>',
      aliases: ['rm'],
      about: 'Delete an API and its client, by audience or client id',
      examples: ['claviger api delete https://api.example.com'],
      ends: { act: 'deleteResourceServer', foresee: ofThing('API', findApi) },
      async run(call) {
        const api = await findApi(call, call.options.argument(0))
        await call.manage('deleteResourceServer', { id: api.id })
        return record({ ...showResource(api), deleted: true })
      },
    },
  ],
}

/** `null`: introspection reports no expiry for credentials without one. */
const readRollingExp = (options: Options): number | null | undefined =>
  options.one('rollingExp') === 'never' ? null : options.duration('rollingExp', ', or never')
