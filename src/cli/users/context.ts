import { missing } from '../../model/refusals/missing.ts'
import { list, record } from '../output/answer.ts'
import { iso } from '../output/shapes.ts'
import type { Noun } from '../program/command.ts'
import { type Context, type Contexts, changeContexts, readContexts } from '../remote/contexts.ts'

export const context: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List the servers you are signed in to',
      examples: ['claviger context list'],
      async run() {
        const { contexts, current } = readContexts()
        const items = Object.entries(contexts).map(([name, one]) => ({
          name,
          current: name === current,
          ...shown(one),
        }))
        return list({ items }, one => one, {
          name: one => one.name,
          current: one => one.current,
          url: one => one.url,
          who: one => one.who,
          with: one => one.with,
        })
      },
    },
    {
      at: 'use <name>',
      about: 'Choose the server that later commands use; "local" chooses the installation on this machine',
      examples: ['claviger context use id.example.com', 'claviger context use local'],
      async run({ options }) {
        const name = options.argument(0)
        return changeContexts(known => {
          if (name === 'local' && !known.contexts[name]) {
            delete known.current
            return record({ name, current: true })
          }
          const found = find(known, name)
          known.current = name
          return record({ name, current: true, ...shown(found) })
        })
      },
    },
    {
      at: 'remove <name>',
      aliases: ['rm'],
      about: 'Remove a server from the list; its tokens stay valid (claviger logout revokes them)',
      examples: ['claviger context remove id.example.com'],
      async run({ options }) {
        const name = options.argument(0)
        return changeContexts(known => {
          find(known, name)
          delete known.contexts[name]
          if (known.current === name) delete known.current
          return record({ name, removed: true })
        })
      },
    },
  ],
}

function find({ contexts }: Contexts, name: string): Context {
  const found = Object.hasOwn(contexts, name) ? contexts[name] : undefined
  if (!found) throw missing('context', name)
  return found
}

const shown = ({ url, who, token, access }: Context) => ({
  url,
  who: who ?? null,
  with: token === undefined ? 'sign-in' : 'token',
  access_expires_at: access ? iso(access.expiresAt) : null,
})
