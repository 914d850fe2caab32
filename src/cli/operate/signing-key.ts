import { SIGNING_ALGORITHMS, TOKEN_ALGORITHM } from '../../model/credentials/signing-algorithm.ts'
import { list, record } from '../output/answer.ts'
import { isoOf, showSigningKey } from '../output/shapes.ts'
import type { Noun } from '../program/command.ts'
import { ofThing } from '../program/foresee.ts'

export const signingKey: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List the signing keys: one of each algorithm signs, and tokens of retired keys stay valid',
      examples: ['claviger signing-key list'],
      async run({ manage }) {
        return list(await manage('listSigningKeys'), showSigningKey, {
          kid: one => one.id,
          algorithm: one => one.algorithm,
          state: one => one.state,
          created: one => isoOf(one.created_at),
        })
      },
    },
    {
      at: 'rotate',
      about: 'Sign with a new key from now on; tokens that the old key signed stay valid until they expire',
      examples: ['claviger signing-key rotate', 'claviger signing-key rotate --alg RS256'],
      options: [
        {
          flags: '--alg <algorithm>',
          about: `one of ${SIGNING_ALGORITHMS.join(', ')}; without it ${TOKEN_ALGORITHM}, which signs access tokens`,
        },
      ],
      async run({ options, manage }) {
        const algorithm = options.oneOf('alg', SIGNING_ALGORITHMS)
        return record(showSigningKey(await manage('rotateSigningKey', { body: { ...(algorithm && { algorithm }) } })))
      },
    },
    {
      at: 'remove <kid>',
      aliases: ['rm'],
      about:
        'Remove a retired key: every token that it signed stops working at once (id tokens still work as id_token_hint)',
      examples: ['claviger signing-key remove 4Jx…'],
      ends: {
        act: 'removeSigningKey',
        foresee: ofThing('signing key', async ({ manage }, name) =>
          (await manage('listSigningKeys')).items.some(({ id }) => id === name),
        ),
      },
      async run({ options, manage }) {
        const id = options.argument(0)
        await manage('removeSigningKey', { id })
        return record({ kid: id, removed: true })
      },
    },
  ],
}
