import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { authorizeUrl, CALLBACK, PASSWORD, pkce } from '../kit/cast.ts'
import { command, type Started } from '../kit/command.ts'
import { person } from '../kit/person.ts'

/* What people and programs do at either version, over HTTP alone. */

/** A process, and the version that it runs. */
export type Process = { version: 'earlier' | 'this'; url: string }
export const processOf = (version: Process['version'], { url }: Started): Process => ({
  version,
  url: `http://127.0.0.1:${new URL(url).port}`,
})

export type Held = { secret: string; scheme?: 'Basic' }
export type Person = { id: string; number: number; handle: string }
export type App = { id: string; secret: string }
export type Tokens = { access: string; refresh: string; code: string; again: Record<string, string> }

export const fresh = (): string => `x${randomBytes(6).toString('hex')}`

export async function openInstallation(binary: string, env: Record<string, string>) {
  const ownerHandle = fresh()
  const said = async (words: string[], input = '') => {
    const outcome = await command(words, { binary, env, input })
    assert.equal(outcome.code, 0, outcome.stderr)
    return outcome.stdout.trim()
  }
  await said(['user', 'create', '--handle', ownerHandle, '--role', 'owner', '--password-stdin'], PASSWORD)
  const scopes = 'read write users clients credentials resources'
  const admin = await said(['token', 'create', '--user', ownerHandle, '--name', 'staff', '--scope', scopes])

  async function manage(at: Process, method: string, path: string, body?: object) {
    const answer = await fetch(at.url + path, {
      method,
      headers: { authorization: `Bearer ${admin}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    assert.ok(answer.ok, `${at.version}: ${method} ${path}: ${answer.status} ${text}`)
    return JSON.parse(text || '{}') as Record<string, never>
  }

  const post = async (at: Process, path: string, fields: Record<string, string>) => {
    const answer = await fetch(at.url + path, { method: 'POST', body: new URLSearchParams(fields) })
    const text = await answer.text()
    return { status: answer.status, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, string> }
  }
  const token = async (at: Process, fields: Record<string, string>) => {
    const { status, body } = await post(at, '/oauth2/token', fields)
    assert.equal(status, 200, `${at.version}: ${JSON.stringify(body)}`)
    return body
  }
  const proof = (app: App) => ({ client_id: app.id, client_secret: app.secret })

  return {
    admin: { secret: admin } as Held,
    manage,
    post,
    proof,
    async status(at: Process, { secret, scheme }: Held): Promise<number> {
      const shown = scheme === 'Basic' ? `Basic ${Buffer.from(secret).toString('base64')}` : `Bearer ${secret}`
      return (await fetch(`${at.url}/v1/whoami`, { headers: { authorization: shown } })).status
    },
    async addApp(at: Process): Promise<App> {
      const made = (await manage(at, 'POST', '/v1/clients', {
        name: 'Travel Diary',
        redirect_uris: [CALLBACK],
        scopes: ['read', 'write'],
      })) as unknown as { client: { id: string }; client_secret: string }
      return { id: made.client.id, secret: made.client_secret }
    },
    async addUser(at: Process): Promise<Person> {
      const handle = fresh()
      const made = (await manage(at, 'POST', '/v1/users', { handle })) as unknown as { id: string; number: number }
      await manage(at, 'POST', `/v1/users/${made.id}/password`, { password: PASSWORD })
      return { id: made.id, number: made.number, handle }
    },
    async addApi(at: Process, format: 'opaque' | 'jwt'): Promise<string> {
      const audience = `https://${fresh()}.example`
      await manage(at, 'POST', '/v1/resource-servers', {
        audience,
        name: 'API',
        scopes: ['read'],
        token_format: format,
      })
      return audience
    },
    clientToken: async (at: Process, app: App, more: Record<string, string> = {}): Promise<Held> => {
      const body = await token(at, { grant_type: 'client_credentials', scope: 'read', ...proof(app), ...more })
      return { secret: body['access_token'] as string }
    },
    /** Sign-in and consent on the pages of one process, the code redeemed at another one. */
    async tokensOf(pages: Process, at: Process, app: App, handle: string): Promise<Tokens> {
      const { verifier, challenge } = pkce()
      const who = person(pages.url)
      await who.visit(authorizeUrl(app.id, challenge))
      let sight = await who.submit({ username: handle, password: PASSWORD })
      if (!sight.sentTo) sight = await who.submit({ decision: 'allow' })
      const code = sight.sentTo?.searchParams.get('code')
      assert.ok(code, `${pages.version}: ${sight.status} ${sight.sentTo ?? sight.html}`)
      const again = {
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: CALLBACK,
        ...proof(app),
      }
      const body = await token(at, again)
      return { access: body['access_token'] ?? '', refresh: body['refresh_token'] ?? '', code, again }
    },
    refreshed: async (at: Process, app: App, refresh: string) => {
      const body = await token(at, { grant_type: 'refresh_token', refresh_token: refresh, ...proof(app) })
      return { access: body['access_token'] ?? '', refresh: body['refresh_token'] ?? '' }
    },
    key: async (at: Process, owner: Person, kind = 'api_key'): Promise<Held & { id: string }> => {
      const made = (await manage(at, 'POST', '/v1/credentials', {
        kind,
        name: 'k',
        owner_id: owner.id,
      })) as unknown as {
        credential: { id: string }
        secret: string
      }
      const { credential, secret } = made
      if (kind !== 'token_pair') return { id: credential.id, secret }
      return { id: credential.id, secret: `${owner.number}:${secret}`, scheme: 'Basic' }
    },
    async userToken(at: Process, handle: string): Promise<Held> {
      const { status, body } = await post(at, '/token', { username: handle, password: PASSWORD })
      assert.ok(status < 300, `${at.version}: ${status} ${JSON.stringify(body)}`)
      return { secret: (body['access_token'] ?? body['token']) as string }
    },
  }
}
export type Installed = Awaited<ReturnType<typeof openInstallation>>
