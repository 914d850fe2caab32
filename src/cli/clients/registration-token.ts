import { formatScopes } from '../../model/scopes/scope.ts'
import { DAY, SECOND } from '../../model/span.ts'
import type { Answer as Told } from '../../server/management.ts'
import { GRANT, readGrants } from '../credentials/grant-option.ts'
import { list, record, secret } from '../output/answer.ts'
import { isoOf } from '../output/shapes.ts'
import type { Noun } from '../program/command.ts'
import { ofThing } from '../program/foresee.ts'
import { type Options, usage } from '../program/options.ts'

type Token = Told<'listRegistrationTokens'>['items'][number]

const show = (token: Token) => ({
  id: token.id,
  name: token.name,
  hint: token.hint,
  uses_left: token.uses_left,
  scope: token.scopes && formatScopes(token.scopes),
  grant_types: token.grant_types,
  created_at: isoOf(token.created_at),
  expires_at: isoOf(token.expires_at),
  last_used_at: isoOf(token.last_used_at),
})

export const registrationToken: Noun = {
  verbs: [
    {
      at: 'create',
      aliases: ['new'],
      about: 'Create an initial access token and print it to stdout, once',
      examples: [
        'claviger registration-token create --uses 5 --expires 1d',
        'claviger registration-token create --grant client_credentials --scope "read write"',
      ],
      options: [
        {
          flags: '--uses <number>',
          about: 'number of applications that may register with it, such as 5 (default: no limit)',
        },
        {
          flags: '--expires <time>',
          about: 'time until it expires, such as 12h or 7d, or its last day, such as 2027-01-31 (default: 1d)',
        },
        {
          flags: '--scope <scopes>',
          about: 'maximum scopes of the applications, such as "read write" (default: all except management scopes)',
        },
        { flags: '--name <name>', about: 'name that says what the token is for' },
        { ...GRANT, about: `${GRANT.about}; authorization_code and refresh_token are always allowed` },
      ],
      makes: 'secret',
      async run({ options, manage, issuer }) {
        const [name, scopes, uses] = [options.one('name'), options.scopes(), readUses(options)]
        const body = {
          expires_at: readEnd(options),
          grant_types: readGrants(options),
          ...(name !== undefined && { name }),
          ...(scopes && { scopes }),
          ...(uses !== undefined && { uses }),
        }
        const { token, registration_token } = await manage('createRegistrationToken', { body })
        const { id, ...rest } = show(registration_token)
        return secret({ id, token, ...rest }, 'token', {
          notes: ['Applications send it as a bearer token when they register themselves.'],
          next: `curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d '{"redirect_uris": ["https://app.example/callback"]}' ${await issuer()}/oauth2/register`,
        })
      },
    },
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List the initial access tokens that still work',
      examples: ['claviger registration-token list'],
      run: async ({ manage }) =>
        list(await manage('listRegistrationTokens'), show, {
          id: one => one.id,
          name: one => one.name,
          'uses left': one => one.uses_left ?? 'any number',
          scope: one => one.scopes?.join(' '),
          expires: one => isoOf(one.expires_at),
        }),
    },
    {
      at: 'revoke <id>',
      about: 'Revoke an initial access token; applications that registered with it stay',
      examples: ['claviger registration-token revoke 4f2a…'],
      ends: {
        act: 'revokeRegistrationToken',
        foresee: ofThing('registration token', async ({ manage }, id) =>
          (await manage('listRegistrationTokens')).items.some(one => one.id === id),
        ),
      },
      async run({ options, manage }) {
        const id = options.argument(0)
        await manage('revokeRegistrationToken', { id })
        return record({ id, revoked: true })
      },
    },
  ],
}

function readUses(options: Options): number | undefined {
  const text = options.one('uses')
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,5}$/.test(text)) throw usage('uses', `must be a number from 1 to 999999, not "${text}"`)
  return Number(text)
}

function readEnd(options: Options): number {
  const now = Date.now()
  const life = options.ending('expires', now)
  if (life === null) throw usage('expires', 'must be a time such as 7d: who has the token can register until then')
  return Math.floor(now / SECOND + (life ?? DAY / SECOND))
}
