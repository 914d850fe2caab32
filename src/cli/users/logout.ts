import { COMMAND_LINE_CLIENT } from '../../model/clients/command-line-client.ts'
import { missing } from '../../model/refusals/missing.ts'
import { record } from '../output/answer.ts'
import { readUrl } from '../place/place.ts'
import type { Noun } from '../program/command.ts'
import { usage } from '../program/options.ts'
import { askServer } from '../remote/ask-server.ts'
import { changeContexts } from '../remote/contexts.ts'
import { endpointsOf, oauthRefusal } from '../remote/metadata.ts'

export const logout: Noun = {
  verbs: [
    {
      at: '',
      about: 'Sign out: revoke the tokens at the server and delete them on this machine',
      examples: ['claviger logout', 'claviger logout --context id.example.com'],
      async run({ options }) {
        const url = readUrl(options)
        const ended = await changeContexts(async known => {
          const { contexts, current } = known
          const name =
            options.one('context') ?? (url ? Object.keys(contexts).find(one => contexts[one]?.url === url) : current)
          if (name === undefined) throw usage('context', 'is missing: you are signed in nowhere')
          const context = Object.hasOwn(contexts, name) ? contexts[name] : undefined
          if (!context) throw missing('context', name)
          if (context.refresh !== undefined) await revoke(context.url, context.refresh)
          delete contexts[name]
          if (known.current === name) delete known.current
          return { context: name, url: context.url, revoked: context.refresh !== undefined }
        })
        return record(ended, ended.revoked ? {} : { notes: [GIVEN] })
      },
    },
  ],
}

const GIVEN =
  'The token was given, and may be in use elsewhere: it was forgotten here and still works. claviger credential revoke ID ends it.'

/** Revokes the refresh token, which ends all tokens of the sign-in (RFC 7009). */
async function revoke(url: string, token: string): Promise<void> {
  const { revocation } = await endpointsOf(url)
  const form = new URLSearchParams({ token, client_id: COMMAND_LINE_CLIENT })
  const reply = await askServer(url, { method: 'POST', path: revocation, body: form })
  if (reply.status !== 200) throw oauthRefusal(url, reply)
}
