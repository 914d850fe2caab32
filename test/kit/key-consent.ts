import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { addClient, addUser, authorizeUrl, CALLBACK, pkce, redeem } from './cast.ts'
import { type Person, person, type Sight } from './person.ts'
import type { TestServer } from './server.ts'

/* An API that has keys only, and an application that asks for access to it. */

export const API = 'https://tickets.example'

/** `keyConsent: false`: as every API is until staff switch it on. */
export async function ticketsApi(
  server: TestServer,
  more: Partial<Parameters<typeof createResource>[2]> = {},
): Promise<{ clientId: string; clientSecret: string }> {
  const api = { audience: API, name: 'Tickets', scopes: ['tickets:read', 'tickets:write'], keyConsent: true, ...more }
  const { clientId, secret } = await createResource(server.world, OPERATOR, api)
  return { clientId, clientSecret: secret }
}

export type KeyAsk = Partial<Omit<Parameters<typeof issueKey>[2], 'userId'>>
export const keyOf = (server: TestServer, { id }: Pick<User, 'id'>, more: KeyAsk = {}) =>
  issueKey(server.world, OPERATOR, { kind: 'api-key', userId: id, name: 'ci', scopes: ['tickets:read'], ...more })

/** The house: an API, an owner with a key, and an application. */
export async function keyHouse(server: TestServer, key: KeyAsk = {}, api: Parameters<typeof ticketsApi>[1] = {}) {
  const guard = await ticketsApi(server, api)
  const owner = await addUser(server.world, 'ada')
  const app = await addClient(server.world, {
    name: 'Helper',
    scopes: ['tickets:read', 'tickets:write', 'openid', 'profile', 'offline_access', 'users:read'],
    grantTypes: ['authorization_code', 'refresh_token'],
  })
  return { guard, owner, app, key: await keyOf(server, owner, key) }
}
export type KeyHouse = Awaited<ReturnType<typeof keyHouse>>

/** Sees the sign-in page of a request for the API. */
export async function askAt(server: TestServer, { app }: Pick<KeyHouse, 'app'>, more: Record<string, string> = {}) {
  const { verifier, challenge } = pkce()
  const who = person(server.url)
  const asked = authorizeUrl(app.client.id, challenge, { resource: API, scope: 'tickets:read', ...more })
  return { who, verifier, sight: await who.visit(server.url + asked) }
}

/** Sends the form for the key; it is the second form of the page. */
export function present(who: Person, { url, html }: Sight, key: string): Promise<Sight> {
  const interaction = new URL(url).searchParams.get('interaction') ?? hiddenIn(html, 'interaction')
  const body = new URLSearchParams({ csrf: hiddenIn(html, 'csrf'), interaction, api_key: key })
  return who.visit(new URL('login/key', `${new URL(url).origin}/`).href, { method: 'POST', body })
}
const hiddenIn = (html: string, name: string): string =>
  (new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '').replace(/&#(\d+);/g, (_, code) =>
    String.fromCodePoint(Number(code)),
  )

/** From the request to tokens. */
export async function tokensByKey(server: TestServer, house: KeyHouse, more: Record<string, string> = {}) {
  const { who, verifier, sight } = await askAt(server, house, more)
  await present(who, sight, house.key.secret)
  const { sentTo } = await who.submit({ decision: 'allow' })
  const code = sentTo?.searchParams.get('code') ?? ''
  return redeem(server.url, house.app, code, verifier, { redirect_uri: CALLBACK })
}
