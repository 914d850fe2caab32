import assert from 'node:assert/strict'
import { Secret, TOTP } from 'otpauth'
import { type Asking, caller, type Told } from './call.ts'
import type { TestServer } from './server.ts'

/* A client of Zebbra: registers, signs in, and looks at every header that the original sent. */

export function zebbraClient(server: TestServer) {
  const send = caller(server)
  /** Every answer of the dialect has these, whatever it says. */
  async function call(method: string, path: string, asking: Asking = {}): Promise<Told> {
    const told = await send(method, path, asking)
    assert.equal(told.headers.get('content-type'), 'application/json')
    assert.equal(told.headers.get('access-control-allow-credentials'), null)
    return told
  }
  async function refused(
    told: Promise<Told>,
    status: number,
    detail: unknown,
    challenge: 'Bearer' | null = null,
  ): Promise<void> {
    const { text, headers, ...rest } = await told
    assert.deepEqual({ status: rest.status, body: JSON.parse(text) }, { status, body: { detail } })
    assert.equal(headers.get('www-authenticate'), challenge)
  }

  let count = 0
  /** A new user with a workspace, or in that of an invitation; the password is the one of the document. */
  async function member(more: Record<string, unknown> = {}): Promise<Member> {
    const n = ++count
    const told = await call('POST', '/register', {
      json: {
        username: `member${n}@example.com`,
        first_name: 'Mem',
        last_name: 'Ber',
        password: 'secret',
        ...(more['invite_code'] === undefined && { new_workspace_name: `Workspace ${n}` }),
        ...more,
      },
    })
    assert.equal(told.status, 200, told.text)
    const shown = told.body as unknown as Shown
    return { ...shown, token: await token(shown.username) }
  }
  const askToken = (username: string, more: Record<string, string> = {}): Promise<Told> =>
    call('POST', '/token', { form: { username, password: 'secret', ...more } })
  async function token(username: string, more: Record<string, string> = {}): Promise<string> {
    const told = await askToken(username, more)
    assert.equal(told.status, 200, told.text)
    return String(told.body['access_token'])
  }
  const me = (bearer: string): Promise<Told> => call('GET', '/user', { bearer })
  return { call, refused, member, askToken, token, me }
}

/** The code an authenticator shows; `later` counts steps of 30 seconds from now. */
export const codeOf = (secret: string, { later = 0, now = Date.now() } = {}): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now + later * 30_000 })

export type Place = { _id: string; name: string }
export type Shown = {
  _id: string
  username: string
  first_name: string
  last_name: string
  workspaces: Place[]
  models: Place[]
}
export type Member = Shown & { token: string }
