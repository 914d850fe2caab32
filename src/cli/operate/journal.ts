import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { EVENTS, OUTCOME_NAMES } from '../../model/journal.ts'
import type { Query, Answer as Told } from '../../server/management.ts'
import { list } from '../output/answer.ts'
import { PAGING, readPages } from '../output/paging.ts'
import { local, showEntry } from '../output/shapes.ts'
import { findUser } from '../place/find-user.ts'
import { actorNamed, clientNamed, credentialNamed } from '../place/named.ts'
import type { Call, Noun, Option } from '../program/command.ts'

const FILTERS: readonly Option[] = [
  {
    flags: '--text <text>',
    about: 'text in the entry, or in the name of its user, application, credential or API',
  },
  { flags: '--user <user>', about: 'list only entries about this user: handle, e-mail address, number or id' },
  { flags: '--app <name>', about: 'list only entries about this application: name or client id' },
  { flags: '--credential <name>', about: 'list only entries about this credential: name or id' },
  { flags: '--api <name>', about: 'list only entries about this API: name or audience' },
  { flags: '--outcome <outcome>', about: `outcome: ${OUTCOME_NAMES.join(', ')}` },
  { flags: '--event <event>', about: `event: ${EVENTS.join(', ')}` },
  { flags: '--reason <reason>', about: 'reason of a refusal, such as expired' },
  { flags: '--actor <name>', about: 'user or application that acted: name' },
  { flags: '--request-id <id>', about: 'id of the request that caused the entry (X-Request-Id)' },
  { flags: '--ip <address>', about: 'IP address from which the request came' },
  {
    flags: '--since <time>',
    about: 'earliest time: 24h (24 hours ago), today, 06:30, 2027-01-31 or "2027-01-31 06:30" (local time)',
  },
  { flags: '--until <time>', about: 'latest time, in the same formats as --since' },
]
const POLL_MILLISECONDS = 500

export const journal: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List journal entries in sentences, newest first, in local time',
      examples: [
        'claviger journal list --text acme --outcome refused --since today',
        'claviger journal list --user ada --json',
      ],
      options: [...FILTERS, ...PAGING],
      async run(call) {
        const filter = await readFilter(call)
        const page = await readPages(call, ask => call.manage('listJournal', { query: { ...filter, ...ask } }))
        return list(page, showEntry, {
          time: one => local(one.at * 1000),
          'what happened': one => one.sentence,
          request: one => one.request_id,
        })
      },
    },
    {
      at: 'tail',
      about: 'Print new journal entries as they are written, one JSON value per line, until Ctrl-C',
      examples: ['claviger journal tail --event refused'],
      options: FILTERS,
      async run(call) {
        const filter = await readFilter(call)
        const end = async () => Number((await call.manage('listJournal', { query: { limit: 1 } })).items[0]?.id ?? 0)
        for (let last = await end(); ; await setTimeout(POLL_MILLISECONDS)) {
          const upTo = await end()
          let cursor: string | null | undefined
          do {
            const query = { ...filter, after: last, limit: 200, ...(cursor && { cursor }) }
            const page: Told<'listJournal'> = await call.manage('listJournal', { query })
            for (const entry of page.items) if (!print(entry)) await once(process.stdout, 'drain')
            last = Number(page.items.at(-1)?.id ?? last)
            cursor = page.next_cursor
          } while (cursor)
          if (upTo > last) last = upTo // all entries up to this id were read, including those that the filter excludes
        }
      },
    },
  ],
}

type Entry = Told<'listJournal'>['items'][number]

const print = (entry: Entry): boolean => process.stdout.write(`${JSON.stringify(showEntry(entry))}\n`)

async function readFilter(call: Call): Promise<Query<'listJournal'>> {
  const { options } = call
  const [event, outcome] = [options.oneOf('event', EVENTS), options.oneOf('outcome', OUTCOME_NAMES)]
  const [who, app, held, by] = ['user', 'app', 'credential', 'actor'].map(name => options.one(name))
  const now = Date.now()
  const [since, until] = [options.moment('since', now), options.moment('until', now)]
  const [reason, text, api] = [options.one('reason'), options.one('text'), options.one('api')]
  const [request, ip] = [options.one('requestId'), options.address('ip')]
  return {
    ...(event && { event }),
    ...(outcome && { outcome }),
    ...(who && { owner: (await findUser(call, who)).id }),
    ...(app && { client: (await clientNamed(call, app)).id }),
    ...(held && { credential: (await credentialNamed(call, held)).id }),
    ...(by && { actor: (await actorNamed(call, by)).id }),
    ...(reason && { reason }),
    ...(text && { q: text }),
    ...(api && { api }),
    ...(request && { request_id: request }),
    ...(ip && { ip }),
    ...(until !== undefined && { until: Math.floor(until / 1000) }),
    ...(since !== undefined && { since: Math.floor(since / 1000) }),
  }
}
