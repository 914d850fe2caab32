import type { Answer as Told } from '../../server/management.ts'
import { list, record } from '../output/answer.ts'
import { PAGING, readPages } from '../output/paging.ts'
import { isoOf } from '../output/shapes.ts'
import type { Noun } from '../program/command.ts'

export const clientDocument: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List applications that have a metadata document',
      examples: ['claviger client-document list'],
      options: [{ flags: '--search <text>', about: 'part of the name' }, ...PAGING],
      async run(call) {
        const search = call.options.one('search')
        const filter = search ? { q: search } : {}
        const page = await readPages(call, ask => call.manage('listClientDocuments', { query: { ...filter, ...ask } }))
        return list(page, showDocument, {
          client_id: one => one.client.id,
          name: one => one.client.name,
          state: one => one.state,
          active: one => one.active,
          read: one => isoOf(one.read_at),
        })
      },
    },
    {
      at: 'get <client-id>',
      about: 'Show a metadata document and what changed in it',
      examples: ['claviger client-document get https://app.example/client.json'],
      async run({ options, manage }) {
        const { history, ...document } = await manage('getClientDocument', { id: options.argument(0) })
        return record({
          ...showDocument(document),
          history: history.map(({ at, ...one }) => ({ at: isoOf(at), ...one })),
        })
      },
    },
    {
      at: 'refresh <client-id>',
      about: 'Read a metadata document again now',
      examples: ['claviger client-document refresh https://app.example/client.json'],
      run: async ({ options, manage }) =>
        record(showDocument(await manage('refreshClientDocument', { id: options.argument(0) }))),
    },
  ],
}

type Document = Told<'refreshClientDocument'>
const showDocument = ({
  client,
  reviewed_at,
  read_at,
  asked_at,
  fresh_until,
  serves_until,
  ...document
}: Document) => ({
  client_id: client.id,
  name: client.name,
  ...document,
  reviewed_at: isoOf(reviewed_at),
  read_at: isoOf(read_at),
  asked_at: isoOf(asked_at),
  fresh_until: isoOf(fresh_until),
  serves_until: isoOf(serves_until),
})
