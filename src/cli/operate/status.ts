import { Refusal } from '../../model/refusals/refusal.ts'
import type { Answer as Told } from '../../server/management.ts'
import { record } from '../output/answer.ts'
import { EXIT } from '../output/exit-codes.ts'
import { isoOf } from '../output/shapes.ts'
import type { Noun } from '../program/command.ts'
import { askServer, notClaviger } from '../remote/ask-server.ts'

export const status: Noun = {
  verbs: [
    {
      at: '',
      about:
        'Show whether the server is ready, its version, its database and its counts; exit code 8 if it is not ready',
      examples: ['claviger status', 'claviger status --url https://id.example.com --json'],
      async run(call) {
        const url = await call.issuer()
        const server = await readiness(url).catch(unlessHere(call.place().is))
        const told = await call.manage('overview').catch(unlessNotAllowed)
        const attention = told?.attention.map(({ sentence }) => sentence) ?? []
        const answer = {
          url,
          server,
          ...(told ? counts(told) : { version: null }),
          // Omits the start time without a server, because it would be that of this command.
          ...(told && call.place().is === 'server' && { started_at: isoOf(told.started_at) }),
        }
        return record(answer, {
          notes: [
            ...(told ? [] : ['Counts take the scopes credentials:read and journal:read.']),
            ...attention.slice(0, 5),
          ],
          ...(server !== 'ready' && { exit: EXIT.negative }),
        })
      },
    },
  ],
}

async function readiness(url: string): Promise<string> {
  const reply = await askServer(url, { method: 'GET', path: '/readyz?verbose' })
  const { status: said, checks } = (reply.json ?? {}) as { status?: string; checks?: { ok: boolean; found: string }[] }
  if (said === undefined) throw notClaviger(url, reply)
  const faults = (checks ?? []).filter(({ ok }) => !ok).map(({ found }) => found)
  return faults.length === 0 ? said : `${said}: ${faults.join('; ')}`
}

/** Runs a look-up of the database, which works without a running server. */
const unlessHere =
  (is: 'here' | 'server') =>
  (error: unknown): string => {
    if (is === 'server' || !(error instanceof Refusal)) throw error
    return 'not running'
  }

function unlessNotAllowed(error: unknown): undefined {
  if (!(error instanceof Refusal) || error.code !== 'scope-insufficient') throw error
}

const counts = ({ version, database, dialects, counts: all, last_24h }: Told<'overview'>) => ({
  version,
  database,
  dialects,
  users: all.users,
  applications: all.clients,
  apis: all.resource_servers,
  active_credentials: all.active_credentials,
  active_sessions: all.active_sessions,
  uses_24h: last_24h.uses,
  refusals_24h: last_24h.refusals,
})
