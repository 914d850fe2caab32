import { find as findByText } from '../core/journal/find.ts'
import { showFound } from '../core/journal/show-found.ts'
import { OPERATOR } from '../model/actor.ts'
import { list } from './answer.ts'
import type { Noun } from './command.ts'
import { readStdin } from './read-secret.ts'

export const find: Noun = {
  verbs: [
    {
      at: '[text]',
      about:
        'Find users, applications, credentials, APIs and requests; a secret is read from stdin, never from the line',
      examples: ['claviger find partner', 'printf %s "$TOKEN" | claviger find'],
      async run(call) {
        const text = call.options.argument(0) || (await readStdin())
        const world = await call.world()
        const items = await showFound(world, await findByText(world, OPERATOR, { text }))
        return list({ items }, one => one, {
          is: one => one.is,
          name: one => one.name,
          note: one => one.note,
          id: one => one.id,
        })
      },
    },
  ],
}
