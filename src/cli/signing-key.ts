import { removeSigningKey } from '../core/services/remove-signing-key.ts'
import { rotateSigningKey } from '../core/services/rotate-signing-key.ts'
import { OPERATOR } from '../model/actor.ts'
import { SIGNING_ALGORITHMS, TOKEN_ALGORITHM } from '../model/signing-algorithm.ts'
import { list, record } from './answer.ts'
import type { Noun } from './command.ts'
import { ofThing } from './foresee.ts'
import { iso, showSigningKey } from './shapes.ts'

export const signingKey: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List the keys: one of each algorithm signs, the retired ones still verify',
      examples: ['claviger signing-key list'],
      async run({ world }) {
        const items = await (await world()).signingKeys.list()
        return list({ items }, showSigningKey, {
          kid: one => one.id,
          algorithm: one => one.algorithm,
          state: one => showSigningKey(one).state,
          created: one => iso(one.createdAt),
        })
      },
    },
    {
      at: 'rotate',
      about: 'Sign with a new key from now on; tokens of the old one stay good until they expire',
      examples: ['claviger signing-key rotate', 'claviger signing-key rotate --alg RS256'],
      options: [
        {
          flags: '--alg <algorithm>',
          about: `one of ${SIGNING_ALGORITHMS.join(', ')}; without it ${TOKEN_ALGORITHM}, which signs access tokens`,
        },
      ],
      async run({ options, world }) {
        const algorithm = options.oneOf('alg', SIGNING_ALGORITHMS)
        return record(showSigningKey(await rotateSigningKey(await world(), OPERATOR, algorithm && { algorithm })))
      },
    },
    {
      at: 'remove <kid>',
      aliases: ['rm'],
      about: 'Withdraw a retired key: every token it signed stops working at once',
      examples: ['claviger signing-key remove 4Jx…'],
      ends: {
        act: 'removeSigningKey',
        foresee: ofThing('key', async (call, name) =>
          (await (await call.world()).signingKeys.list()).some(({ id }) => id === name),
        ),
      },
      async run({ options, world }) {
        const id = options.argument(0)
        await removeSigningKey(await world(), OPERATOR, { id })
        return record({ kid: id, removed: true })
      },
    },
  ],
}
