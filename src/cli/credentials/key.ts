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
import { THINGS } from './credential-kinds.ts'
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
        about: `Create ${THINGS[word][0]} and print it to stdout, once`,
        examples: [
          `claviger ${word} create --user ada --name "nightly job" --scope read --expires 90d`,
          `TOKEN=$(claviger ${word} create --user ada --name ci --expires never)`,
        ],
        options: [
          { flags: '--user <user>', about: 'user who owns it: handle, e-mail address or id', required: true },
          { flags: '--name <name>', about: 'name that says what it is for', required: true },
          {
            flags: '--scope <scopes>',
            about: 'scopes, such as "read write" (default: everything its owner may do)',
          },
          { flags: '--no-scopes', about: 'no scopes: it only proves who its owner is' },
          { flags: '--all-scopes', about: 'everything its owner may do (the default, without a question)' },
          {
            flags: '--audience <uri>',
            about: 'audience of an API at which it is valid (default: every API; can be repeated)',
            many: true,
          },
          {
            flags: '--network <cidr>',
            about: 'network from which it is valid, such as 10.0.0.0/8 (default: every network; can be repeated)',
            many: true,
          },
          { flags: '--note <text>', about: 'note, such as where it is stored and what uses it' },
          METADATA,
          {
            flags: '--expires <time>',
            about:
              'time until it expires, such as 90d or 12h, its last day, such as 2027-01-31, or never (default: never)',
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
        about: `Replace ${THINGS[word][0]}; the old secret works until the overlap ends`,
        examples: [`claviger ${word} rotate 4f2a… --overlap 24h`],
        options: [
          { flags: '--overlap <time>', about: 'time for which the old secret still works, such as 1h (default: 24h)' },
        ],
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
