import { missing } from '../../model/refusals/missing.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import {
  type Answer,
  addressOf,
  type Manage,
  type OperationId,
  readAnswer,
  type Said,
} from '../../server/management.ts'
import type { Reply, Request } from './ask-server.ts'
import { refusalIn } from './server-refusal.ts'

/** A server, and a function that sends requests with the person's credential. */
export type Server = { url: string; send(request: Request): Promise<Reply> }

/** Performs operations at a server. Refusals have the same words as on its own machine. */
export const manageAt =
  ({ url, send }: Server): Manage =>
  async <Id extends OperationId>(id: Id, { id: named, query, body }: Said = {}): Promise<Answer<Id>> => {
    // An empty name, `.` or `..` would change the path.
    const { method, path } = addressOf(id, named)
    if (named !== undefined && /^\.{0,2}$/.test(named)) throw missing(thingAt(path), named)
    const reply = await send({ method, path: path + queryOf(query), body })
    if (reply.status >= 400 || reply.json === undefined) throw refusalIn(url, reply)
    const answer = readAnswer(id, reply.json)
    if (answer) return answer
    throw new Refusal('request-malformed', `${id} was answered in another shape`, {
      sentence: `${url} answers in a way that this version does not know. Is it another version? claviger status tells.`,
    })
  }

const THINGS: Record<string, string> = { users: 'user', clients: 'application', 'resource-servers': 'API' }
const thingAt = (path: string): string => {
  const collection = path.split('/')[2] ?? ''
  return THINGS[collection] ?? collection.replace(/s$/, '').replaceAll('-', ' ')
}

function queryOf(query: object | undefined): string {
  const said = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  return said.length === 0 ? '' : `?${new URLSearchParams(said.map(([name, value]) => [name, String(value)]))}`
}
