import { randomBytes } from 'node:crypto'
import { makeCredential } from '../../src/core/credentials/issue/make-credential.ts'
import { openSession } from '../../src/core/sign-in/sessions/open-session.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import { randomText } from '../../src/crypto/credential-format.ts'
import { Params } from '../../src/http/params.ts'
import { METHODS, type Method, type Segment, showPath } from '../../src/http/place.ts'
import { LONGEST_FIELD } from '../../src/model/field.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { ROLES } from '../../src/model/users/user.ts'
import { dialectsFor, EVERY_SWITCH } from '../../src/server/dialects.ts'
import { OPERATIONS, type OperationId } from '../../src/wire/admin/contract.ts'
import { asUser } from './acts.ts'
import { SAMPLES } from './admin-samples.ts'
import { addClient } from './cast.ts'
import { api } from './house.ts'
import type { TestServer } from './server.ts'

/* One good caller for each row of each table, and the names of the fields that the row reads. */

export type Row = { dialect: string; method: Method; path: string; segments: readonly Segment[] }

export const ROWS: readonly Row[] = dialectsFor(EVERY_SWITCH).flatMap(({ name, routes }) =>
  routes.flatMap(({ at: { methods, path } }) =>
    (methods === 'any' ? METHODS : methods).map(method => ({
      dialect: name,
      method,
      path: showPath(path),
      segments: path,
    })),
  ),
)
const operationAt = ({ method, path }: Pick<Row, 'method' | 'path'>) =>
  (Object.keys(OPERATIONS) as OperationId[]).find(id => {
    const [verb, at] = OPERATIONS[id].on
    return verb === method && at === path
  })

/** What the readers of parameters asked for, name by name, and whether something too long was to be read there. */
export const asked = new Map<string, 'long' | 'other'>()
const { every } = Params.prototype
for (const method of ['one', 'all', 'every'] as const) {
  const original = Params.prototype[method] as (name: string) => never
  Params.prototype[method] = function (this: Params, name: string) {
    // `every` hands out texts as they are: its callers have bounds and words of their own.
    const long = method !== 'every' && every.call(this, name).some(text => text.length > LONGEST_FIELD)
    if (long || !asked.has(name)) asked.set(name, long ? 'long' : 'other')
    return original.call(this, name)
  } as never
}

const MASTODON = ['read', 'write', 'profile']
/** Fields of JSON bodies that no schema lists and no reader of parameters reads. */
const UNLISTED = ['invite_code', 'new_workspace_name', 'credential', 'url', 'audience', 'scopes', 'headers', 'items']

export type Caller = { path: string; headers: Record<string, string>; fields: Record<string, string> }

/** A caller who gets as far as the fields: with the credential, cookie and form token that this row wants. */
export async function callerFor(server: TestServer, { dialect, method, path, segments }: Row): Promise<Caller> {
  const { world } = server
  const user = await createUser(world, OPERATOR, {
    handle: `u${randomBytes(6).toString('hex')}`,
    role: 'admin',
  })
  const token = async (
    kind: 'access-token' | 'api-key' | 'user-token' | 'token-pair',
    scopes?: string[],
    clientId?: string,
  ) => {
    const made = makeCredential(world, kind, {
      userId: user.id,
      ...(scopes && { scopes }),
      ...(clientId && { clientId }),
    })
    const entry = { at: world.now(), event: 'issued', about: 'credential', actor: user.id } as const
    await world.credentials.issue([made.credential], entry)
    return made
  }
  const basic = (id: string, secret = '') => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
  const operation = operationAt({ method, path })
  const filled = operation
    ? (await SAMPLES[operation](world, user)).path.replace(/\?.*$/, '')
    : `/${segments.map(segment => filling(segment, user.number)).join('/')}`
  const proof = async (): Promise<string | undefined> => {
    if (dialect === 'verify') {
      const { clientId, clientSecret } = await api(server, `https://${user.handle}.example`)
      return basic(clientId, clientSecret)
    }
    if (dialect === 'admin') return `Bearer ${(await token('api-key', [...ROLES.admin])).secret}`
    if (dialect === 'zebbra') return `Bearer ${(await token('user-token')).secret}`
    const scopes = dialect === 'mastodon' ? MASTODON : ['read']
    if (!['oauth', 'mastodon'].includes(dialect)) return undefined
    const { client, secret } = await addClient(world, {
      scopes,
      grantTypes: ['authorization_code', 'client_credentials'],
    })
    if (/token$|revoke$|introspect$/.test(path)) return basic(client.id, secret)
    return `Bearer ${(await token('access-token', scopes, client.id)).secret}`
  }
  const authorization = await proof()
  const session = await openSession(world, asUser(user), { methods: ['pwd'] })
  const browser = randomText(32)
  const signedIn = /^\/(account|developers|logout|consent)/.test(path)
  const csrf = signedIn
    ? world.vault.mac('csrf', `user ${user.id} ${browser}`)
    : world.vault.mac('csrf', `browser ${browser}`)
  return {
    path: filled,
    headers: {
      ...(authorization !== undefined && { authorization }),
      cookie: `claviger-session=${session.secret}; claviger-browser=${browser}`,
    },
    fields: { csrf },
  }
}

/** Names that this row's schema lists. */
export function listedFields({ method, path }: Row): string[] {
  const operation = operationAt({ method, path })
  if (!operation) return method === 'GET' ? [] : UNLISTED
  const shape = (schema: { shape: object } | undefined) => Object.keys(schema?.shape ?? {})
  const { query, body } = OPERATIONS[operation] as { query?: { shape: object }; body?: { shape: object } }
  return [...shape(query), ...shape(body)]
}

function filling(segment: Segment, number: number): string {
  if (typeof segment === 'string') return segment
  if ('rest' in segment) return 'x'
  const text = segment.only === 'digits' ? String(number) : 'x'.repeat(segment.length ?? 1)
  return text + (segment.end ?? '')
}
