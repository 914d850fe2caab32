import { rotateSigningKey } from '../core/signing-keys.ts'
import { list, record } from './answer.ts'
import type { Noun } from './command.ts'
import { iso, showSigningKey } from './shapes.ts'

export const signingKey: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List the keys: the first one signs, the others still verify',
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
      examples: ['claviger signing-key rotate'],
      async run({ world }) {
        return record(showSigningKey(await rotateSigningKey(await world(), 'operator', {})))
      },
    },
  ],
}
