import { list, record } from '../output/answer.ts'
import type { Noun } from '../program/command.ts'
import { ofThing } from '../program/foresee.ts'

export const scope: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List the scopes that have words',
      examples: ['claviger scope list'],
      async run({ manage }) {
        return list(await manage('listScopes'), one => one, {
          scope: one => one.scope,
          sentence: one => one.sentence,
          risk: one => one.risk,
        })
      },
    },
    {
      at: 'create <scope>',
      aliases: ['new', 'update'],
      about: 'Give a scope its words, or new ones',
      examples: ['claviger scope create write:statuses --sentence "Publish posts in your name" --risk high'],
      options: [
        { flags: '--sentence <text>', about: 'what users read', required: true },
        { flags: '--risk <risk>', about: 'low (the standard) or high' },
      ],
      async run({ options, manage }) {
        const risk = options.oneOf('risk', ['low', 'high']) ?? 'low'
        const body = { sentence: options.required('sentence'), risk }
        return record(await manage('putScope', { id: options.argument(0), body }))
      },
    },
    {
      at: 'delete <scope>',
      aliases: ['rm'],
      about: 'Forget the words; who holds the scope keeps it',
      examples: ['claviger scope delete write:statuses'],
      ends: {
        act: 'deleteScope',
        foresee: ofThing('scope', async ({ manage }, name) =>
          (await manage('listScopes')).items.some(({ scope }) => scope === name),
        ),
      },
      async run({ options, manage }) {
        const name = options.argument(0)
        await manage('deleteScope', { id: name })
        return record({ scope: name, deleted: true })
      },
    },
  ],
}
