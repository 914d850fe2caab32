import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { nameEntries } from '../core/journal/name-entries.ts'
import { type ReadJournal, readJournal } from '../core/journal/read-journal.ts'
import { findUser } from '../core/users/find-user.ts'
import { OPERATOR } from '../model/actor.ts'
import { EVENTS, OUTCOME_NAMES } from '../model/journal.ts'
import { list } from './answer.ts'
import type { Call, Noun, Option } from './command.ts'
import { actorNamed, clientNamed, credentialNamed } from './named.ts'
import { PAGING, readPages } from './paging.ts'
import { entryText, local, showEntry } from './shapes.ts'

const FILTERS: readonly Option[] = [
  {
    flags: '--text <text>',
    about: 'where this stands in it, or in the name of a user, application, credential or API',
  },
  { flags: '--user <user>', about: 'about this user: name, address, number or id' },
  { flags: '--app <name>', about: 'about this application: name or client id' },
  { flags: '--credential <name>', about: 'about this credential: name or id' },
  { flags: '--api <name>', about: 'at this API: name or audience' },
  { flags: '--outcome <outcome>', about: `one of ${OUTCOME_NAMES.join(', ')}` },
  { flags: '--event <event>', about: `one of ${EVENTS.join(', ')}` },
  { flags: '--reason <reason>', about: 'refused for this reason, as in expired' },
  { flags: '--actor <name>', about: 'done by this user or application' },
  { flags: '--request-id <id>', about: 'in this request' },
  { flags: '--ip <address>', about: 'from this address' },
  { flags: '--since <time>', about: 'not before: 24h, today, 06:30, 2027-01-31, "2027-01-31 06:30" (local time)' },
  { flags: '--until <time>', about: 'not after, said likewise' },
]
const POLL_MILLISECONDS = 500

export const journal: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List what happened, newest first, in sentences and local time',
      examples: [
        'claviger journal list --text acme --outcome refused --since today',
        'claviger journal list --user ada --json',
      ],
      options: [...FILTERS, ...PAGING],
      async run(call) {
        const ask = await readFilter(call)
        const world = await call.world()
        const page = await readPages(call, page => readJournal(world, OPERATOR, { ...ask, page }))
        const names = await nameEntries(world, page.items)
        return list(page, entry => showEntry(entry, names), {
          time: one => local(one.at),
          'what happened': one => entryText(one, names),
          request: one => one.requestId,
        })
      },
    },
    {
      at: 'tail',
      about: 'Print entries as they happen, one JSON value a line, until interrupted',
      examples: ['claviger journal tail --event refused'],
      options: FILTERS,
      async run(call) {
        const ask = await readFilter(call)
        const world = await call.world()
        const { journal } = world
        const end = async () => (await journal.list({}, { limit: 1 })).items[0] ?? { id: 0 }
        for (let last = await end(); ; await setTimeout(POLL_MILLISECONDS)) {
          const upTo = await end()
          let cursor: string | undefined = journal.cursorAfter(last)
          while (cursor !== undefined) {
            const page = { limit: 200, order: 'oldest' as const, cursor }
            const { items, nextCursor } = await readJournal(world, OPERATOR, { ...ask, page })
            const names = await nameEntries(world, items)
            for (const entry of items) if (!print(showEntry(entry, names))) await once(process.stdout, 'drain')
            last = items.at(-1) ?? last
            cursor = nextCursor
          }
          if (upTo.id > last.id) last = upTo // up to here all were looked at, also those that do not fit
        }
      },
    },
  ],
}

const print = (entry: object): boolean => process.stdout.write(`${JSON.stringify(entry)}\n`)

async function readFilter({ options, world: open }: Call): Promise<Omit<ReadJournal, 'page'>> {
  const [event, outcome] = [options.oneOf('event', EVENTS), options.oneOf('outcome', OUTCOME_NAMES)]
  const [who, app, held, actor] = ['user', 'app', 'credential', 'actor'].map(name => options.one(name))
  const now = Date.now()
  const [since, until] = [options.moment('since', now), options.moment('until', now)]
  const [reason, text, api] = [options.one('reason'), options.one('text'), options.one('api')]
  const [requestId, ip] = [options.one('requestId'), options.address('ip')]
  const world = await open()
  return {
    ...(event && { event }),
    ...(outcome && { outcome }),
    ...(who && { userId: (await findUser(world, who)).id }),
    ...(app && { clientId: (await clientNamed(world, app)).id }),
    ...(held && { credentialId: (await credentialNamed(world, held)).id }),
    ...(actor && { actor: (await actorNamed(world, actor)).id }),
    ...(reason && { reason }),
    ...(text && { text }),
    ...(api && { api }),
    ...(requestId && { requestId }),
    ...(ip && { ip }),
    ...(until !== undefined && { until }),
    ...(since !== undefined && { since }),
  }
}
