import { forgetView } from '../../core/journal/forget-view.ts'
import { keepView } from '../../core/journal/keep-view.ts'
import { findUser } from '../../core/users/find-user.ts'
import type { Act, UserActor } from '../../model/users/actor.ts'
import { VIEW_PAGES } from '../../model/users/saved-view.ts'
import { list, record } from '../output/answer.ts'
import { iso } from '../output/shapes.ts'
import type { Call, Noun } from '../program/command.ts'
import { ofThing } from '../program/foresee.ts'

const OF_CONSOLE =
  'each user manages their own views in the console; views of others need access to the machine of the server'
const OF_USER = {
  flags: '--user <user>',
  about: 'user who owns the views: handle, e-mail address, number or id',
  required: true as const,
}
const owner = async ({ options, world }: Call): Promise<Act<UserActor>> => ({
  by: { is: 'user', user: await findUser(await world(), options.required('user')) },
  from: {},
})

export const view: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List the saved views of a user',
      examples: ['claviger view list --user ada'],
      onlyHere: OF_CONSOLE,
      options: [OF_USER],
      async run(call) {
        const items = await (await call.world()).views.ofUser((await owner(call)).by.user.id)
        return list({ items }, one => one, { name: one => one.name, page: one => one.page, query: one => one.query })
      },
    },
    {
      at: 'create <name>',
      aliases: ['new', 'update'],
      about: 'Save filters of a console page under a name',
      examples: [
        'claviger view create "Keys nobody uses" --user ada --page credentials --query "kind=api_key&status=unused"',
      ],
      onlyHere: OF_CONSOLE,
      options: [
        OF_USER,
        { flags: '--page <page>', about: `page of the console: ${VIEW_PAGES.join(', ')}`, required: true },
        {
          flags: '--query <query>',
          about: 'filters, as in the address of the page, such as "kind=api_key&status=unused"',
          required: true,
        },
      ],
      async run(call) {
        const { options } = call
        const page = options.oneOf('page', VIEW_PAGES) ?? 'credentials'
        const ask = { name: options.argument(0), page, query: options.required('query') }
        const { createdAt, ...kept } = await keepView(await call.world(), await owner(call), ask)
        return record({ ...kept, created_at: iso(createdAt) })
      },
    },
    {
      at: 'delete <name>',
      aliases: ['rm'],
      about: 'Delete a saved view',
      examples: ['claviger view delete "Keys nobody uses" --user ada'],
      onlyHere: OF_CONSOLE,
      options: [OF_USER],
      ends: {
        act: 'deleteView',
        foresee: ofThing('saved view', async (call, name) =>
          (await (await call.world()).views.ofUser((await owner(call)).by.user.id)).some(one => one.name === name),
        ),
      },
      async run(call) {
        const name = call.options.argument(0)
        await forgetView(await call.world(), await owner(call), { name })
        return record({ name, deleted: true })
      },
    },
  ],
}
