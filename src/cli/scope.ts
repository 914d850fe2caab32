import { describeScope } from '../core/resources/describe-scope.ts'
import { forgetScope } from '../core/resources/forget-scope.ts'
import { OPERATOR } from '../model/actor.ts'
import { list, record } from './answer.ts'
import type { Noun } from './command.ts'
import { ofThing } from './foresee.ts'

export const scope: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List the scopes that have words',
      examples: ['claviger scope list'],
      async run({ world }) {
        const items = await (await world()).scopes.list()
        return list({ items }, one => one, {
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
      async run({ options, world }) {
        const risk = options.oneOf('risk', ['low', 'high']) ?? 'low'
        const ask = { scope: options.argument(0), sentence: options.required('sentence'), risk }
        return record(await describeScope(await world(), OPERATOR, ask))
      },
    },
    {
      at: 'delete <scope>',
      aliases: ['rm'],
      about: 'Forget the words; who holds the scope keeps it',
      examples: ['claviger scope delete write:statuses'],
      ends: {
        act: 'deleteScope',
        foresee: ofThing('scope', async (call, name) =>
          (await (await call.world()).scopes.list()).some(({ scope }) => scope === name),
        ),
      },
      async run({ options, world }) {
        const name = options.argument(0)
        await forgetScope(await world(), OPERATOR, { scope: name })
        return record({ scope: name, deleted: true })
      },
    },
  ],
}
