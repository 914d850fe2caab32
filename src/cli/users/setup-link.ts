import { resolve } from 'node:path'
import { openSetUp } from '../../core/sign-in/open-set-up.ts'
import { OPERATOR } from '../../model/users/actor.ts'
import { type Config, ConfigProblem } from '../../server/settings/config.ts'
import { serverAt } from '../../server/settings/same-installation.ts'
import { secret } from '../output/answer.ts'
import { iso } from '../output/shapes.ts'
import type { Noun } from '../program/command.ts'

const NAME_ITS_PLACE =
  'Name the place that server was started with (--data-dir or CLAVIGER_DATA_DIR; CLAVIGER_DATABASE_URL for PostgreSQL), or the address of this one with --url.'
const placeOf = ({ databaseUrl, dataDir }: Config): string =>
  databaseUrl === undefined ? `the one in ${resolve(dataDir)}` : 'the one that CLAVIGER_DATABASE_URL names'

export const setupLink: Noun = {
  verbs: [
    {
      at: '',
      about: 'Print a link with which one person can create one owner account within 15 minutes',
      examples: ['claviger setup-link', 'claviger setup-link --url http://127.0.0.1:9000'],
      makes: 'secret',
      begins: true,
      onlyHere: 'to create an owner needs access to the machine of the server',
      options: [{ flags: '--url <url>', about: 'public address of the server, if CLAVIGER_URL is not set' }],
      async run({ world, config }) {
        const installation = await world()
        const { issuer } = installation.rules
        if ((await serverAt(issuer, installation)) === 'another')
          throw new ConfigProblem([
            `The server at ${issuer} uses another database than ${placeOf(config())}: a link made here would not open anything there. ${NAME_ITS_PLACE}`,
          ])
        const made = await openSetUp(installation, OPERATOR, { opensFor: 'another' })
        return secret(
          { url: `${installation.rules.issuer}/setup/${made.secret}`, expires_at: iso(made.credential.expiresAt) },
          'url',
        )
      },
    },
  ],
}
