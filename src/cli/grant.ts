import { revokeGrant } from '../core/oauth/revoke-grant.ts'
import { findUser } from '../core/users/find-user.ts'
import { OPERATOR } from '../model/actor.ts'
import { usedAt } from '../model/credential.ts'
import { list, record } from './answer.ts'
import type { Noun } from './command.ts'
import { ofGrant } from './foresee.ts'
import { iso, showGrant } from './shapes.ts'

export const grant: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: "List a user's grants that are alive",
      examples: ['claviger grant list --user ada'],
      options: [{ flags: '--user <user>', about: 'whose grants', required: true }],
      async run({ options, world }) {
        const installation = await world()
        const items = await installation.grants.ofUser((await findUser(installation, options.required('user'))).id)
        return list({ items }, showGrant, {
          id: one => one.id,
          client_id: one => one.clientId,
          scope: one => one.scopes.join(' '),
          created: one => iso(one.createdAt),
          tokens: one => one.tokensIssued,
          'last used': one => iso(usedAt(one)),
        })
      },
    },
    {
      at: 'revoke <id>',
      aliases: ['rm'],
      about: 'Take back a grant and every token that came of it',
      examples: ['claviger grant revoke 66b1…'],
      ends: { act: 'revokeGrant', foresee: ofGrant },
      async run({ options, world }) {
        const { grant: ended, count } = await revokeGrant(await world(), OPERATOR, {
          grantId: options.argument(0),
        })
        return record(showGrant(ended), { notes: [`${count} tokens were ended.`] })
      },
    },
  ],
}
