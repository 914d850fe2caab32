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
      about: 'Make one; the token alone goes to stdout, once',
      examples: [
        'claviger registration-token create --uses 5 --expires 1d',
        'claviger registration-token create --grant client_credentials --scope "read write"',
      ],
      options: [
        { flags: '--uses <number>', about: 'how many applications may register with it; without it: any number' },
        { flags: '--expires <time>', about: 'until when: 12h, 7d, or the end of a day such as 2027-01-31 (1d)' },
        {
          flags: '--scope <scopes>',
          about: 'the most that they may have; without it: all that are not for administrators',
        },
        { flags: '--name <name>', about: 'what it is for' },
        { ...GRANT, about: `beside authorization_code and refresh_token: ${GRANT.about}` },
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
      about: 'List those that are still good',
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
      about: 'End one; the applications that registered with it stay',
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
