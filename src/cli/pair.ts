import { issueTokenPair } from '../core/credentials/issue-token-pair.ts'
import { findUser } from '../core/users/find-user.ts'
import { OPERATOR } from '../model/actor.ts'
import { secret } from './answer.ts'
import type { Noun } from './command.ts'
import { credentialVerbs } from './credential.ts'
import { iso } from './shapes.ts'

/** User/token pairs, for clients of django-tokenapi. */
export const pair: Noun = {
  verbs: [
    {
      at: 'create',
      aliases: ['new'],
      about: 'Make a token that is used together with the number of its user; the token alone goes to stdout, once',
      examples: [
        'claviger pair create --user ada --days 30',
        'claviger pair create --user ada --days until-revoked --name robot',
      ],
      options: [
        { flags: '--user <user>', about: 'whose it is: handle, e-mail address or id', required: true },
        { flags: '--days <days>', about: 'good today and so many days more, or until-revoked (as the settings say)' },
        { flags: '--name <name>', about: 'what it is for' },
      ],
      async run({ options, world }) {
        const installation = await world()
        const owner = await findUser(installation, options.required('user'))
        const [days, name] = [options.one('days'), options.one('name')]
        const { token, credential } = await issueTokenPair(installation, OPERATOR, {
          userId: owner.id,
          ...(days !== undefined && { days: days === 'until-revoked' ? days : Number(days) }),
          ...(name !== undefined && { name }),
        })
        const shown = {
          id: credential.id,
          token,
          user: owner.number,
          handle: owner.handle,
          name: credential.name ?? null,
          created_at: iso(credential.createdAt),
          expires_at: iso(credential.expiresAt),
        }
        return secret(shown, 'token', { next: `curl ${installation.rules.issuer}/token/$TOKEN/${owner.number}.json` })
      },
    },
    ...credentialVerbs('pair', ['token-pair']),
  ],
}
