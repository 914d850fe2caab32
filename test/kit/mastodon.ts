import assert from 'node:assert/strict'
import type { User } from '../../src/model/users/user.ts'
import { addUser, signIn } from './cast.ts'
import { type Person, person, type Sight } from './person.ts'
import type { TestServer } from './server.ts'

/* A client of the Mastodon family and the person in front of it, over real HTTP: requests, forms and cookies. */

export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'

export type Answer = { status: number; headers: Headers; text: string; body: Record<string, unknown> & unknown[] }
type Body = { json?: unknown; form?: Record<string, string> | [string, string][]; multipart?: Record<string, string> }

export type App = {
  id: string
  client_id: string
  client_secret: string
  scopes: string[]
  redirect_uris: string[]
  redirect_uri: string
}

export function mastodonClient(server: TestServer) {
  async function call(
    method: string,
    path: string,
    { token, headers = {}, ...body }: Body & { token?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const all: Record<string, string> = { ...headers }
    if (token !== undefined) all['authorization'] = `Bearer ${token}`
    if (body.json !== undefined) all['content-type'] = 'application/json'
    const answer = await fetch(server.url + path, {
      method,
      headers: all,
      redirect: 'manual',
      ...(body.json !== undefined && { body: JSON.stringify(body.json) }),
      ...(body.form && { body: new URLSearchParams(body.form) }),
      ...(body.multipart && { body: asMultipart(body.multipart) }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') === true
    return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : {} }
  }

  async function register(fields: Record<string, unknown> = {}, token?: string): Promise<App> {
    const json = { client_name: 'Tusk', redirect_uris: OUT_OF_BAND, scopes: 'read write push', ...fields }
    const answer = await call('POST', '/api/v1/apps', token === undefined ? { json } : { json, token })
    assert.equal(answer.status, 200, answer.text)
    return answer.body as unknown as App
  }

  const newUser = (handle: string, more: Parameters<typeof addUser>[2] = {}): Promise<User> =>
    addUser(server.world, handle, more)

  const authorizePath = (app: App, more: Record<string, string> = {}): string =>
    `/oauth/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: app.client_id,
      redirect_uri: app.redirect_uris[0] as string,
      ...more,
    })}`

  /** Signs in and presses Allow; where it ends. */
  async function allow(app: App, handle: string, more: Record<string, string> = {}): Promise<Sight> {
    const who = person(server.url)
    await who.visit(authorizePath(app, { scope: app.scopes.join(' '), ...more }))
    const consent = await signIn(who, handle)
    return consent.html.includes('name="decision"') ? decide(who, 'allow') : consent // or it was remembered
  }
  const decide = (who: Person, decision: 'allow' | 'deny'): Promise<Sight> =>
    who.submit({ decision, understood: 'yes' })

  /** The code: from the page, or from the address it was sent to. */
  async function codeFor(app: App, handle: string, more: Record<string, string> = {}): Promise<string> {
    const end = await allow(app, handle, more)
    const code = end.sentTo
      ? end.sentTo.searchParams.get('code')
      : /<textarea[^>]*id="code"[^>]*>([^<]+)</.exec(end.html)?.[1]
    assert.ok(code, `no code: ${end.status} ${end.sentTo?.href ?? end.html}`)
    return code
  }

  const exchange = (app: App, code: string, more: Record<string, string> = {}): Promise<Answer> =>
    call('POST', '/oauth/token', {
      json: {
        grant_type: 'authorization_code',
        code,
        client_id: app.client_id,
        client_secret: app.client_secret,
        redirect_uri: app.redirect_uris[0],
        ...more,
      },
    })

  async function userToken(app: App, handle: string, scope = app.scopes.join(' ')): Promise<string> {
    const answer = await exchange(app, await codeFor(app, handle, { scope }))
    assert.equal(answer.status, 200, answer.text)
    return answer.body['access_token'] as string
  }

  async function appToken(app: App, scope?: string): Promise<string> {
    const { client_id, client_secret } = app
    const answer = await call('POST', '/oauth/token', {
      json: { grant_type: 'client_credentials', client_id, client_secret, ...(scope && { scope }) },
    })
    assert.equal(answer.status, 200, answer.text)
    return answer.body['access_token'] as string
  }

  const works = async (token: string): Promise<boolean> =>
    (await call('GET', '/api/v1/apps/verify_credentials', { token })).status === 200

  return { call, register, newUser, authorizePath, allow, decide, codeFor, exchange, userToken, appToken, works }
}

function asMultipart(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

/** No, as RFC 6749 has it, and nothing else in the answer. */
export function refused(answer: Answer, status: number, error: string, description?: string | RegExp): void {
  assert.deepEqual([answer.status, answer.body['error']], [status, error], answer.text)
  assert.deepEqual(Object.keys(answer.body), ['error', 'error_description'])
  const said = String(answer.body['error_description'])
  if (typeof description === 'string') assert.equal(said, description)
  else if (description) assert.match(said, description)
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
  assert.match(answer.headers.get('cache-control') ?? '', /no-store/)
  const challenge = `Bearer realm="Doorkeeper", error="${error}", error_description="${said.slice(0, 500).replaceAll('"', "'")}"`
  assert.equal(answer.headers.get('www-authenticate'), challenge)
}
