import { UNCOUNTED } from '../../model/credentials/statement.ts'
import { list, record } from '../output/answer.ts'
import { isoOf, showGrant } from '../output/shapes.ts'
import { findUser } from '../place/find-user.ts'
import type { Noun } from '../program/command.ts'
import { ofGrant } from '../program/foresee.ts'
import { usage } from '../program/options.ts'

export const grant: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List the newest 200 grants of a user or of an application that still work',
      examples: ['claviger grant list --user ada', 'claviger grant list --app clv_cid_…'],
      options: [
        { flags: '--user <user>', about: 'user who made the grants: handle, e-mail address or id' },
        { flags: '--app <client-id>', about: 'client id of the application that has the grants' },
      ],
      async run(call) {
        const [who, client] = [call.options.one('user'), call.options.one('app')]
        if (who === undefined && client === undefined) throw usage('user', 'or --app must be given')
        const query = { ...(who && { owner: (await findUser(call, who)).id }), ...(client && { client }) }
        return list(await call.manage('listGrants', { query }), showGrant, {
          id: one => one.id,
          user: one => one.user?.name ?? one.user?.id,
          client_id: one => one.client.id,
          name: one => one.client.name,
          key: one => one.key?.name ?? one.key?.id,
          scope: one => one.scopes.join(' '),
          created: one => isoOf(one.created_at),
          tokens: one => one.tokens_issued,
          'last used': one => isoOf(one.last_used_at),
          from: one => one.networks.slice(0, 2).join(' '),
        })
      },
    },
    {
      at: 'revoke <id>',
      aliases: ['rm'],
      about: 'Revoke a grant and every token that was issued from it',
      examples: ['claviger grant revoke 66b1…'],
      ends: { act: 'revokeGrant', foresee: ofGrant },
      async run({ options, manage }) {
        const id = options.argument(0)
        const { revoked } = await manage('revokeGrant', { id })
        return record({ id, revoked }, { notes: [`${revoked} stored tokens and codes were ended. ${UNCOUNTED}`] })
      },
    },
  ],
}
