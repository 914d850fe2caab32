import assert from 'node:assert/strict'
import { PASSWORD } from '../kit/cast.ts'
import type { Held, Installed, Process } from './installation.ts'

/** A way of ending: what is made before it, and what ends that. */
type Ending = {
  name: string
  make(house: Installed, at: Process): Promise<{ held: Held[]; end(at: Process): Promise<unknown> }>
}

const access = ({ access: secret }: { access: string }): Held => ({ secret })

async function ofPerson(house: Installed, at: Process) {
  const [app, user] = [await house.addApp(at), await house.addUser(at)]
  const tokens = await house.tokensOf(at, at, app, user.handle)
  return { app, user, tokens }
}

/** All that a person may have. */
async function everyKind(house: Installed, at: Process) {
  const { app, user, tokens } = await ofPerson(house, at)
  const held: Held[] = [access(tokens), await house.userToken(at, user.handle)]
  for (const kind of ['api_key', 'application_token', 'token_pair']) held.push(await house.key(at, user, kind))
  return { app, user, held }
}

async function refuses(house: Installed, at: Process, fields: Record<string, string>): Promise<void> {
  const { status, body } = await house.post(at, '/oauth2/token', fields)
  assert.equal(status, 400, JSON.stringify(body))
}

const revoking = (token: string) => (house: Installed, at: Process, proof: Record<string, string>) =>
  house.post(at, '/oauth2/revoke', { token, ...proof })

export const ENDINGS: readonly Ending[] = [
  {
    name: 'the token is revoked',
    async make(house, at) {
      const app = await house.addApp(at)
      const held = await house.clientToken(at, app)
      return { held: [held], end: at => revoking(held.secret)(house, at, house.proof(app)) }
    },
  },
  {
    name: 'the JWT is revoked',
    async make(house, at) {
      const app = await house.addApp(at)
      const held = await house.clientToken(at, app, { resource: await house.addApi(at, 'jwt') })
      assert.match(held.secret, /^ey/)
      return { held: [held], end: at => revoking(held.secret)(house, at, house.proof(app)) }
    },
  },
  {
    name: 'the refresh token is revoked',
    async make(house, at) {
      const { app, tokens } = await ofPerson(house, at)
      const end = async (ender: Process) => {
        await revoking(tokens.refresh)(house, ender, house.proof(app))
        await refuses(house, at, { grant_type: 'refresh_token', refresh_token: tokens.refresh, ...house.proof(app) })
      }
      return { held: [access(tokens)], end }
    },
  },
  {
    name: 'a spent code comes again',
    async make(house, at) {
      const { tokens } = await ofPerson(house, at)
      return { held: [access(tokens)], end: ender => refuses(house, ender, tokens.again) }
    },
  },
  {
    name: 'a spent refresh token comes again',
    async make(house, at) {
      const { app, tokens } = await ofPerson(house, at)
      const second = await house.refreshed(at, app, tokens.refresh)
      const third = await house.refreshed(at, app, second.refresh)
      const spent = { grant_type: 'refresh_token', refresh_token: tokens.refresh, ...house.proof(app) }
      return { held: [access(third)], end: ender => refuses(house, ender, spent) }
    },
  },
  {
    name: 'staff revoke a key',
    async make(house, at) {
      const key = await house.key(at, await house.addUser(at))
      return { held: [key], end: ender => house.manage(ender, 'POST', `/v1/credentials/${key.id}/revoke`) }
    },
  },
  {
    name: 'staff rotate a key without overlap',
    async make(house, at) {
      const key = await house.key(at, await house.addUser(at))
      const end = (ender: Process) =>
        house.manage(ender, 'POST', `/v1/credentials/${key.id}/rotate`, { overlap_seconds: 0 })
      return { held: [key], end }
    },
  },
  {
    name: 'staff revoke all of a person',
    async make(house, at) {
      const { user, held } = await everyKind(house, at)
      return { held, end: ender => house.manage(ender, 'POST', '/v1/credentials/revoke', { owner_id: user.id }) }
    },
  },
  {
    name: 'staff revoke all of an application',
    async make(house, at) {
      const { app, tokens } = await ofPerson(house, at)
      const held = [access(tokens), await house.clientToken(at, app)]
      return { held, end: ender => house.manage(ender, 'POST', '/v1/credentials/revoke', { client_id: app.id }) }
    },
  },
  {
    name: 'a grant is taken back',
    async make(house, at) {
      const { user, tokens } = await ofPerson(house, at)
      const { items } = (await house.manage(at, 'GET', `/v1/grants?owner=${user.id}`)) as unknown as {
        items: { id: string }[]
      }
      return { held: [access(tokens)], end: ender => house.manage(ender, 'DELETE', `/v1/grants/${items[0]?.id}`) }
    },
  },
  {
    name: 'an application is disabled',
    async make(house, at) {
      const { app, tokens } = await ofPerson(house, at)
      const held = [access(tokens), await house.clientToken(at, app)]
      return { held, end: ender => house.manage(ender, 'PATCH', `/v1/clients/${app.id}`, { active: false }) }
    },
  },
  {
    name: 'an application is deleted',
    async make(house, at) {
      const { app, tokens } = await ofPerson(house, at)
      const held = [access(tokens), await house.clientToken(at, app)]
      return { held, end: ender => house.manage(ender, 'DELETE', `/v1/clients/${app.id}`) }
    },
  },
  {
    name: 'a person is disabled',
    async make(house, at) {
      const { user, held } = await everyKind(house, at)
      return { held, end: ender => house.manage(ender, 'PATCH', `/v1/users/${user.id}`, { active: false }) }
    },
  },
  {
    name: 'a person is deleted',
    async make(house, at) {
      const { user, held } = await everyKind(house, at)
      return { held, end: ender => house.manage(ender, 'DELETE', `/v1/users/${user.id}`) }
    },
  },
  {
    name: 'staff set a new password',
    async make(house, at) {
      const { user, tokens } = await ofPerson(house, at)
      const held = [access(tokens), await house.userToken(at, user.handle)]
      const password = `${PASSWORD} new`
      return { held, end: ender => house.manage(ender, 'POST', `/v1/users/${user.id}/password`, { password }) }
    },
  },
]
