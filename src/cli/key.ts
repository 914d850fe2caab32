import { issueKey } from '../core/credentials/issue-key.ts'
import { rotateKey } from '../core/credentials/rotate-key.ts'
import { findUser } from '../core/users/find-user.ts'
import { OPERATOR } from '../model/actor.ts'
import { formatScopes } from '../model/scope.ts'
import { DAY, SECOND } from '../model/span.ts'
import { secret } from './answer.ts'
import type { Noun } from './command.ts'
import { credentialVerbs } from './credential.ts'
import { ofCredential } from './foresee.ts'
import { iso } from './shapes.ts'

export const token = nounFor('application-token', 'token')
export const key = nounFor('api-key', 'key')

/** Application tokens and API keys differ in what they are called; everything else is one decision. */
function nounFor(kind: 'application-token' | 'api-key', word: 'token' | 'key'): Noun {
  return {
    verbs: [
      {
        at: 'create',
        aliases: ['new'],
        about: `Make one; the ${word} alone goes to stdout, once`,
        examples: [
          `claviger ${word} create --user ada --name "nightly job" --scope read --expires 90d`,
          `TOKEN=$(claviger ${word} create --user ada --name ci --expires never)`,
        ],
        options: [
          { flags: '--user <user>', about: 'whose it is: handle, e-mail address or id', required: true },
          { flags: '--name <name>', about: 'what it is for', required: true },
          { flags: '--scope <scopes>', about: 'what it may do, as in "read write"; without it: all its owner may' },
          { flags: '--audience <uri>', about: 'good for this API alone; may stand several times', many: true },
          { flags: '--network <cidr>', about: 'good from this network alone; may stand several times', many: true },
          {
            flags: '--expires <time>',
            about: '90d, 12h, the end of a day such as 2027-01-31, or never (the standard)',
          },
        ],
        async run({ options, world }) {
          const installation = await world()
          const scopes = options.scopes()
          const life = options.ending('expires', installation.now())
          const made = await issueKey(installation, OPERATOR, {
            kind,
            userId: (await findUser(installation, options.required('user'))).id,
            name: options.required('name'),
            audience: options.all('audience'),
            networks: options.all('network'),
            ...(scopes && { scopes }),
            ...(typeof life === 'number' && { expiresAt: installation.now() + life * 1000 }),
          })
          return secret(showMade(made, word), word, {
            next: `curl -H "Authorization: Bearer $TOKEN" ${installation.rules.issuer}/v1/whoami`,
          })
        },
      },
      ...credentialVerbs(word, [kind]),
      {
        at: 'rotate <id>',
        about: 'Replace it by a new one; the old one works until the overlap ends',
        examples: [`claviger ${word} rotate 4f2a… --overlap 24h`],
        options: [{ flags: '--overlap <time>', about: 'how long the old one works on (24h)' }],
        ends: { act: 'rotateCredential', foresee: ofCredential },
        async run({ options, world }) {
          const overlapSeconds = options.duration('overlap') ?? DAY / SECOND
          const made = await rotateKey(await world(), OPERATOR, {
            credentialId: options.argument(0),
            overlapSeconds,
          })
          return secret(showMade(made, word), word)
        },
      },
    ],
  }
}

const showMade = (
  { secret: shown, credential, owner }: Awaited<ReturnType<typeof issueKey>>,
  word: 'token' | 'key',
) => ({
  id: credential.id,
  [word]: shown,
  name: credential.name ?? null,
  user: owner.handle,
  scope: credential.scopes ? formatScopes(credential.scopes) : null,
  audience: credential.audience,
  created_at: iso(credential.createdAt),
  expires_at: iso(credential.expiresAt),
})
