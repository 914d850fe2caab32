import { KINDS } from '../../model/credentials/credential.ts'
import { formatScopes, scopesInWords } from '../../model/scopes/scope.ts'
import { DAY, SECOND } from '../../model/span.ts'
import type { Answer } from '../../server/management.ts'
import { secret } from '../output/answer.ts'
import { isoOf } from '../output/shapes.ts'
import { findUser } from '../place/find-user.ts'
import type { Noun } from '../program/command.ts'
import { ofCredential } from '../program/foresee.ts'
import { type Options, usage } from '../program/options.ts'
import { askScopes } from './ask-scopes.ts'
import { credentialVerbs } from './credential.ts'
import { METADATA, readMetadata } from './credential-update.ts'

export const token = nounFor('application-token', 'token')
export const key = nounFor('api-key', 'key')

/** The verbs of application tokens and API keys, which differ only in name. */
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
          {
            flags: '--scope <scopes>',
            about: 'what it may do, as in "read write"; without it: everything its owner may do',
          },
          { flags: '--no-scopes', about: 'it may do nothing but say who it is' },
          { flags: '--all-scopes', about: 'everything its owner may do, said aloud' },
          { flags: '--audience <uri>', about: 'good for this API alone; may stand several times', many: true },
          { flags: '--network <cidr>', about: 'good from this network alone; may stand several times', many: true },
          { flags: '--note <text>', about: 'where it is kept, what uses it' },
          METADATA,
          {
            flags: '--expires <time>',
            about: '90d, 12h, the end of a day such as 2027-01-31, or never (the standard)',
          },
        ],
        makes: 'secret',
        async run(call) {
          const { options, manage } = call
          const scopes = call.interactive && !saysScopes(options) ? await askScopes(call) : readScopes(options)
          const [note, metadata] = [options.one('note'), readMetadata(options)]
          const life = options.ending('expires', Date.now())
          const body = {
            kind: KINDS[kind].shown,
            owner_id: (await findUser(call, options.required('user'))).id,
            name: options.required('name'),
            audience: options.all('audience'),
            networks: options.all('network'),
            ...(scopes && { scopes }),
            ...(note !== undefined && { note }),
            ...(metadata && { metadata }),
            ...(typeof life === 'number' && { expires_at: Math.floor(Date.now() / 1000 + life) }),
          }
          const made = await manage('createCredential', { body })
          return secret(showMade(made, word), word, {
            notes: [`It may do ${scopesInWords(made.credential.scopes)}.`],
            next: `curl -H "Authorization: Bearer $TOKEN" ${await call.issuer()}/v1/whoami`,
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
        makes: 'secret',
        async run({ options, manage }) {
          const body = { overlap_seconds: options.duration('overlap') ?? DAY / SECOND }
          const made = await manage('rotateCredential', { id: options.argument(0), body })
          return secret(showMade(made, word), word)
        },
      },
    ],
  }
}

/** True if an option chooses the scopes, so no question is needed. */
const saysScopes = (options: Options): boolean =>
  options.scopes() !== undefined || options.either('scopes') === false || options.said('allScopes')

/** Returns undefined for all rights of the owner, an empty list for none. */
function readScopes(options: Options): string[] | undefined {
  const [named, none, all] = [options.scopes(), options.either('scopes') === false, options.said('allScopes')]
  if ([named !== undefined, none, all].filter(Boolean).length > 1)
    throw usage('scope', ', --no-scopes and --all-scopes say different things; one of them')
  return none ? [] : named
}

const showMade = ({ secret: shown, credential }: Answer<'createCredential'>, word: 'token' | 'key') => ({
  id: credential.id,
  [word]: shown,
  name: credential.name,
  user: credential.owner?.name ?? null,
  scope: credential.scopes && formatScopes(credential.scopes),
  audience: credential.audience,
  created_at: isoOf(credential.created_at),
  expires_at: isoOf(credential.expires_at),
})
