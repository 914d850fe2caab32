import { openSetUp } from '../core/sign-in/open-set-up.ts'
import { OPERATOR } from '../model/actor.ts'
import { secret } from './answer.ts'
import type { Noun } from './command.ts'
import { iso } from './shapes.ts'

export const setupLink: Noun = {
  verbs: [
    {
      at: '',
      about: 'Print a link with which one person can make one owner account within 15 minutes',
      examples: ['claviger setup-link', 'claviger setup-link --url http://127.0.0.1:9000'],
      makes: 'secret',
      onlyHere: 'who may make an owner is proven by access to the machine',
      options: [{ flags: '--url <url>', about: 'where people reach the server, where CLAVIGER_URL does not say it' }],
      async run({ world }) {
        const installation = await world()
        const made = await openSetUp(installation, OPERATOR, { opensFor: 'another' })
        return secret(
          { url: `${installation.rules.issuer}/setup/${made.secret}`, expires_at: iso(made.credential.expiresAt) },
          'url',
        )
      },
    },
  ],
}
