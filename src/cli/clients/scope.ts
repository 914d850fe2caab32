import { list, record } from '../output/answer.ts'
import type { Noun } from '../program/command.ts'
import { ofThing } from '../program/foresee.ts'

export const scope: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List the scopes that have a description',
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
      about: 'Describe a scope for the consent page, or change its description',
      examples: ['claviger scope create write:statuses --sentence "Publish posts in your name" --risk high'],
      options: [
        { flags: '--sentence <text>', about: 'sentence that users read on the consent page', required: true },
        { flags: '--risk <risk>', about: 'risk of the scope: low or high (default: low)' },
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
      about: 'Delete the description of a scope; credentials keep the scope',
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
