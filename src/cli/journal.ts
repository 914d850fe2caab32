import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { findUser } from '../core/users/find-user.ts'
import { EVENTS, type StoredJournalEntry } from '../model/journal.ts'
import type { JournalFilter } from '../ports/stores.ts'
import { list } from './answer.ts'
import type { Call, Noun, Option } from './command.ts'
import { PAGING, readPages } from './paging.ts'
import { iso, showEntry } from './shapes.ts'

const FILTERS: readonly Option[] = [
  { flags: '--event <event>', about: `one of ${EVENTS.join(', ')}` },
  { flags: '--user <user>', about: 'about this user' },
  { flags: '--app <client-id>', about: 'about this application' },
  { flags: '--credential <id>', about: 'about this credential' },
  { flags: '--actor <id>', about: 'done by this user or application' },
  { flags: '--request-id <id>', about: 'in this request' },
  { flags: '--ip <address>', about: 'from this address' },
  { flags: '--reason <reason>', about: 'refused for this reason, as in expired' },
  { flags: '--since <time>', about: 'as in 24h: not older than that' },
  { flags: '--until <time>', about: 'as in 12h: not younger than that' },
]
const POLL_MILLISECONDS = 500

export const journal: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List entries, newest first',
      examples: ['claviger journal list --event refused --since 1h', 'claviger journal list --user ada --json'],
      options: [...FILTERS, ...PAGING],
      async run(call) {
        const filter = await readFilter(call)
        const world = await call.world()
        return list(await readPages(call, ask => world.journal.list(filter, ask)), showEntry, {
          at: one => iso(one.at),
          event: one => one.event,
          about: one => `${one.about} ${one.aboutId ?? ''}`,
          actor: one => one.actor,
          reason: one => one.reason,
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
        const filter = await readFilter(call)
        const { journal } = await call.world()
        const end = async () => (await journal.list({}, { limit: 1 })).items[0] ?? { id: 0 }
        for (let last = await end(); ; await setTimeout(POLL_MILLISECONDS)) {
          const upTo = await end()
          let cursor: string | undefined = journal.cursorAfter(last)
          while (cursor !== undefined) {
            const { items, nextCursor } = await journal.list(filter, { limit: 200, order: 'oldest', cursor })
            for (const entry of items) if (!print(entry)) await once(process.stdout, 'drain')
            last = items.at(-1) ?? last
            cursor = nextCursor
          }
          if (upTo.id > last.id) last = upTo // up to here all were looked at, also those that do not fit
        }
      },
    },
  ],
}

const print = (entry: StoredJournalEntry): boolean => process.stdout.write(`${JSON.stringify(showEntry(entry))}\n`)

async function readFilter({ options, world }: Call): Promise<JournalFilter> {
  const event = options.oneOf('event', EVENTS)
  const [who, clientId, credentialId] = [options.one('user'), options.one('app'), options.one('credential')]
  const [since, until] = [options.duration('since'), options.duration('until')]
  const [reason, actor] = [options.one('reason'), options.one('actor')]
  const [requestId, ip] = [options.one('requestId'), options.address('ip')]
  return {
    ...(event && { event }),
    ...(who && { userId: (await findUser(await world(), who)).id }),
    ...(clientId && { clientId }),
    ...(credentialId && { credentialId }),
    ...(reason && { reason }),
    ...(actor && { actor }),
    ...(requestId && { requestId }),
    ...(ip && { ip }),
    ...(typeof until === 'number' && { until: Date.now() - until * 1000 }),
    ...(typeof since === 'number' && { since: Date.now() - since * 1000 }),
  }
}
