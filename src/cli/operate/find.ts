import { list } from '../output/answer.ts'
import { readStdin } from '../output/read-secret.ts'
import type { Noun } from '../program/command.ts'

export const find: Noun = {
  verbs: [
    {
      at: '[text]',
      about:
        'Find users, applications, credentials, APIs and requests by part of a name, an id, or a secret from stdin',
      examples: ['claviger find partner', 'printf %s "$TOKEN" | claviger find'],
      async run(call) {
        const text = call.options.argument(0) || (await readStdin())
        const { items } = await call.manage('find', { body: { text } })
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
