import { registerClient } from '../../src/core/clients/register-client.ts'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { findSession } from '../../src/core/sign-in/sessions/find-session.ts'
import { openSession } from '../../src/core/sign-in/sessions/open-session.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { Role, User } from '../../src/model/users/user.ts'
import { cookieName } from '../../src/wire/ui/session.ts'
import { asUser } from './acts.ts'
import { holdAgainstDocument } from './api-document.ts'
import type { TestServer } from './server.ts'

/** An answer of the management API, read whole. */
export type Said = {
  status: number
  headers: Headers
  text: string
  body: Record<string, unknown>
}
export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Said>

async function say(
  server: TestServer,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Said> {
  const answer = await fetch(server.url + path, {
    method,
    redirect: 'manual',
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  const [mediaType = ''] = (answer.headers.get('content-type') ?? '').split(';')
  const read = mediaType.includes('json') && text ? JSON.parse(text) : {}
  if (method !== 'HEAD') holdAgainstDocument({ method, path }, { status: answer.status, mediaType, body: read })
  return { status: answer.status, headers: answer.headers, text, body: read }
}

/** Whoever presents nothing. */
export const anonymous =
  (server: TestServer): Ask =>
  (method, path, body, headers = {}) =>
    say(server, method, path, body, headers)

export const bearer =
  (server: TestServer, token: string): Ask =>
  (method, path, body, headers = {}) =>
    say(server, method, path, body, { authorization: `Bearer ${token}`, ...headers })

export type Person = { user: User; ask: Ask; cookie: string; csrf: string }

/** A user, signed in to the console. */
export async function person(
  server: TestServer,
  handle: string,
  role: Role = 'user',
  more: { password?: string; scopes?: string[] } = {},
): Promise<Person> {
  const { world } = server
  const user = await createUser(world, OPERATOR, { handle, role, ...more })
  const { secret } = await openSession(world, asUser(user), { methods: ['pwd'] })
  const session = await findSession(world, secret)
  if (!session) throw new Error('no session')
  const cookie = `${cookieName(world, 'session')}=${secret}`
  const ask: Ask = (method, path, body, headers = {}) =>
    say(server, method, path, body, { cookie, 'x-claviger-csrf': session.csrf, ...headers })
  return { user, ask, cookie, csrf: session.csrf }
}

/** A user's application token with these scopes. */
export async function tokenOf(server: TestServer, user: User, scopes?: string[]): Promise<string> {
  const { secret } = await issueKey(server.world, OPERATOR, {
    kind: 'application-token',
    userId: user.id,
    name: 'test',
    ...(scopes && { scopes }),
  })
  return secret
}

/** An access token that a client got for itself. */
export async function clientToken(server: TestServer, scopes: string[], ownerId?: string): Promise<string> {
  const { client, secret } = await registerClient(server.world, OPERATOR, {
    name: 'Machine',
    redirectUris: [],
    scopes,
    type: 'confidential',
    source: 'operator',
    ...(ownerId && { ownerId }),
  })
  const answer = await fetch(`${server.url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client.id, client_secret: secret ?? '' }),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}
