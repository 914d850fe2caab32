import { randomBytes } from 'node:crypto'
import { keepView } from '../../src/core/journal/keep-view.ts'
import type { World } from '../../src/core/world.ts'
import { asUser } from './acts.ts'
import type { Case } from './console-case.ts'

/* Filters that somebody keeps under a name, for `CASES`. */

const named = (words: string): string => `${words} ${randomBytes(5).toString('hex')}`

async function keep(world: World, me: string, name: string): Promise<void> {
  const user = await world.users.byId(me)
  if (!user) throw new Error(`no user ${me}`)
  await keepView(world, asUser(user), { name, page: 'users', query: 'role=admin' })
}

export const VIEW_CASES = {
  listViews: [
    async (world, me) => {
      await keep(world, me, named('Admins'))
      return { what: {} }
    },
  ],
  putView: [
    async (world, me) => {
      const name = named(`Keys that "nobody's" using`)
      const see = async () =>
        (await world.views.ofUser(me)).filter(one => one.name === name).map(one => [one.page, one.query])
      return { what: { params: { name }, body: { page: 'credentials', query: 'kind=api_key&use=never' } }, see }
    },
  ],
  deleteView: [
    async (world, me) => {
      const name = named("It's mine")
      await keep(world, me, name)
      const see = async () => (await world.views.ofUser(me)).some(one => one.name === name)
      return { what: { params: { name } }, see }
    },
  ],
} satisfies Record<string, readonly Case[]>
