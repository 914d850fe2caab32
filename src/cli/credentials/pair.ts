import { secret } from '../output/answer.ts'
import { isoOf } from '../output/shapes.ts'
import { findUser } from '../place/find-user.ts'
import type { Noun } from '../program/command.ts'
import { credentialVerbs } from './credential.ts'

/** Pairs of user number and token, for clients of django-tokenapi. */
export const pair: Noun = {
  verbs: [
    {
      at: 'create',
      aliases: ['new'],
      about: 'Create a token that is used together with the number of its user, and print it to stdout, once',
      examples: [
        'claviger pair create --user ada --days 30',
        'claviger pair create --user ada --days until-revoked --name robot',
      ],
      options: [
        { flags: '--user <user>', about: 'user who owns it: handle, e-mail address or id', required: true },
        {
          flags: '--days <days>',
          about:
            'number of days after today for which it is valid, such as 30, or until-revoked (default: the setting of the server)',
        },
        { flags: '--name <name>', about: 'name that says what it is for' },
      ],
      makes: 'secret',
      async run(call) {
        const { options, manage } = call
        const owner = await findUser(call, options.required('user'))
        const name = options.one('name')
        const days = options.one('days') === 'until-revoked' ? null : options.whole('days', 0, 36_500)
        const body = {
          kind: 'token_pair' as const,
          owner_id: owner.id,
          ...(days !== undefined && { days }),
          ...(name !== undefined && { name }),
        }
        const { secret: token, credential } = await manage('createCredential', { body })
        const shown = {
          id: credential.id,
          token,
          user: owner.number,
          handle: owner.handle,
          name: credential.name,
          created_at: isoOf(credential.created_at),
          expires_at: isoOf(credential.expires_at),
        }
        return secret(shown, 'token', { next: `curl ${await call.issuer()}/token/$TOKEN/${owner.number}.json` })
      },
    },
    ...credentialVerbs('pair', ['token-pair']),
  ],
}
