import { list, record } from './answer.ts'
import type { Noun } from './command.ts'
import { findUser } from './find-user.ts'
import { ofGrant } from './foresee.ts'
import { isoOf, showGrant } from './shapes.ts'

export const grant: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: "List a user's grants that are alive",
      examples: ['claviger grant list --user ada'],
      options: [{ flags: '--user <user>', about: 'whose grants', required: true }],
      async run(call) {
        const { id: owner } = await findUser(call, call.options.required('user'))
        return list(await call.manage('listGrants', { query: { owner } }), showGrant, {
          id: one => one.id,
          client_id: one => one.client.id,
          name: one => one.client.name,
          scope: one => one.scopes.join(' '),
          created: one => isoOf(one.created_at),
          tokens: one => one.tokens_issued,
          'last used': one => isoOf(one.last_used_at),
        })
      },
    },
    {
      at: 'revoke <id>',
      aliases: ['rm'],
      about: 'Take back a grant and every token that came of it',
      examples: ['claviger grant revoke 66b1…'],
      ends: { act: 'revokeGrant', foresee: ofGrant },
      async run({ options, manage }) {
        const id = options.argument(0)
        const { revoked } = await manage('revokeGrant', { id })
        return record({ id, revoked }, { notes: [`${revoked} tokens were ended.`] })
      },
    },
  ],
}
