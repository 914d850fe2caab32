import { randomBytes } from 'node:crypto'
import { registerClient } from '../../src/core/clients/register-client.ts'
import { changeCredential } from '../../src/core/credentials/change-credential.ts'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { describeScope } from '../../src/core/resources/describe-scope.ts'
import { rotateSigningKey } from '../../src/core/services/signing-keys/rotate-signing-key.ts'
import { openSession } from '../../src/core/sign-in/sessions/open-session.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import type { World } from '../../src/core/world.ts'
import { networksOf, rotationOf } from '../../src/model/credentials/credential.ts'
import { DAY, SECOND } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { Shown } from '../../web/src/show/command/commands.ts'
import { asUser } from './acts.ts'
import { API_CASES } from './api-cases.ts'
import { CLIENT_CASES } from './client-cases.ts'
import type { Case } from './console-case.ts'
import { GATE_CASES } from './gate-cases.ts'
import { withFactor } from './second-factor.ts'
import { knowsPassword } from './stored-password.ts'
import { VIEW_CASES } from './view-cases.ts'

type Cases = { [Id in Shown]: readonly Case[] }

const fresh = (): string => `x${randomBytes(5).toString('hex')}`
const now = (): number => Math.floor(Date.now() / 1000)
const daysTo = (at: number | undefined): number | undefined => at && Math.round((at - Date.now()) / DAY)

const aKey = (world: World, userId: string, name = fresh()) =>
  issueKey(world, OPERATOR, { kind: 'api-key', userId, name, scopes: ['read'] })
const aUser = (world: World) => createUser(world, OPERATOR, { handle: fresh(), email: `${fresh()}@example.org` })
const aClient = async (world: World, source: 'operator' | 'portal' = 'operator') =>
  (
    await registerClient(world, OPERATOR, {
      name: fresh(),
      redirectUris: ['https://app.example/cb'],
      scopes: ['read'],
      type: 'confidential',
      source,
      website: 'https://app.example',
    })
  ).client

/** Lists: nothing is made, and both tell of the same things. */
const read =
  (query?: object): Case =>
  async () => ({ what: query ? { query } : {} })

const created =
  (kind: 'api_key' | 'application_token', more: object): Case =>
  async (world, me) => {
    const name = `it's ${fresh()}`
    const see = async () =>
      (await world.credentials.list({ search: name }, { limit: 5 })).items.map(one => ({
        ...{ kind: one.kind, mine: one.userId === me, scopes: one.scopes, audience: one.audience },
        networks: networksOf(one),
        days: daysTo(one.expiresAt),
      }))
    return { what: { body: { kind, name, ...more } }, see }
  }

const changedKey =
  (body: object): Case =>
  async (world, me) => {
    const { id } = (await aKey(world, me, 'k')).credential
    await changeCredential(world, OPERATOR, { credentialId: id, active: !('active' in body && body.active === true) })
    const see = async () => {
      const key = await world.credentials.byId(id)
      return key && [key.name, key.scopes, key.data, daysTo(key.expiresAt), key.disabledAt === undefined]
    }
    return { what: { params: { id }, body }, see }
  }

const changedUser =
  (body: { handle?: string; [field: string]: unknown }): Case =>
  async world => {
    const { id } = await aUser(world)
    const see = async () => {
      const user = await world.users.byId(id)
      return user && [user.active, user.role, !user.email, user.firstName, user.handle === body.handle]
    }
    return { what: { params: { id }, body }, see }
  }

export const CASES: Cases = {
  listCredentials: [
    read(),
    read({ kind: 'api_key', status: 'active' }),
    read({ q: 'nothing' }),
    read({ created_before: now() - (90 * DAY) / SECOND, limit: 200 }),
    read({ created_after: now() - (2 * DAY) / SECOND, use: 'never' }),
    async (_world, me) => ({ what: { query: { owner: me, status: 'expires_soon' } } }),
  ],
  createCredential: [
    created('api_key', {
      scopes: ['read', 'write'],
      expires_at: now() + (90 * DAY) / SECOND,
      networks: ['10.0.0.0/8'],
    }),
    created('application_token', { scopes: null, expires_at: null, audience: ['https://api.example'] }),
    created('application_token', { scopes: [], expires_at: Date.parse('2199-03-04T23:59:59Z') / 1000 }),
  ],
  changeCredential: [
    changedKey({
      ...{ name: 'A new one', note: "Bob's drawer", scopes: ['read', 'write'], networks: ['10.0.0.0/8', '192.0.2.1'] },
      ...{ expires_at: now() + (90 * DAY) / SECOND, metadata: { team: 'billing', place: 'room 1' } },
    }),
    changedKey({ note: null, scopes: null, networks: null, expires_at: null, metadata: null }),
    changedKey({ scopes: [], active: false }),
    changedKey({ active: true }),
  ],
  rotateCredential: [
    async (world, me) => {
      const { id } = (await aKey(world, me)).credential
      const see = async () => {
        const old = await world.credentials.byId(id)
        return [
          old?.spentAt !== undefined,
          old !== undefined && rotationOf(old).successor !== undefined,
          daysTo(old?.expiresAt),
        ]
      }
      return { what: { params: { id }, body: { overlap_seconds: (7 * DAY) / SECOND } }, see }
    },
  ],
  revokeCredential: [
    async (world, me) => {
      const { id } = (await aKey(world, me)).credential
      return { what: { params: { id } }, see: async () => (await world.credentials.byId(id))?.revokedAt !== undefined }
    },
  ],
  revokeCredentials: [
    async (world, me) => {
      const ids = [(await aKey(world, me)).credential.id, (await aKey(world, me)).credential.id]
      const see = () => Promise.all(ids.map(async id => (await world.credentials.byId(id))?.revokedAt !== undefined))
      return { what: { body: { ids } }, see }
    },
    async world => {
      const user = await aUser(world)
      const { id } = (await aKey(world, user.id)).credential
      const see = async () => (await world.credentials.byId(id))?.revokedAt !== undefined
      return { what: { body: { owner_id: user.id } }, see }
    },
  ],
  listSessions: [read()],
  endSession: [
    async (world, me) => {
      const user = await world.users.byId(me)
      const { id } = (await openSession(world, asUser(user as NonNullable<typeof user>), { methods: ['pwd'] }))
        .credential
      return { what: { params: { id } }, see: async () => (await world.credentials.byId(id))?.revokedAt !== undefined }
    },
  ],
  revokeGrant: [
    async (world, me) => {
      const { id: clientId } = await aClient(world)
      const grant = { id: randomBytes(12).toString('hex'), userId: me, clientId, scopes: ['read'], audience: [] }
      const at = Date.now()
      const { credential } = await aKey(world, me)
      const code = { ...credential, fingerprint: randomBytes(32).toString('hex'), grantId: grant.id }
      await world.grants.open({ ...grant, generation: 0, tokensIssued: 0, createdAt: at, activatedAt: at }, code, {
        at,
        event: 'granted',
        about: 'grant',
        actor: me,
      })
      const see = async () => (await world.grants.byId(grant.id))?.revokedAt !== undefined
      return { what: { params: { id: grant.id } }, see }
    },
  ],

  listUsers: [read(), read({ role: 'owner', active: 'true' }), read({ q: 'bo' })],
  createUser: [
    async (world, _me, password) => {
      const handle = fresh()
      const see = async () => {
        const user = await world.users.byName(handle)
        return (
          user && [user.role, user.email === `${handle}@example.org`, await knowsPassword(world, user.id, password)]
        )
      }
      return { what: { body: { handle, email: `${handle}@example.org`, role: 'operator', password } }, see }
    },
  ],
  changeUser: [
    changedUser({ active: false }),
    changedUser({ email: null, first_name: 'Ada "the first"', role: 'auditor' }),
  ],
  setPassword: [
    async (world, _me, password) => {
      const { id } = await aUser(world)
      return { what: { params: { id }, body: { password } }, see: () => knowsPassword(world, id, password) }
    },
  ],
  removeSecondFactor: [
    async world => {
      const user = await aUser(world)
      await withFactor(world, user)
      return {
        what: { params: { id: user.id } },
        see: async () => (await world.users.byId(user.id))?.secondFactor === false,
      }
    },
  ],
  deleteUser: [
    async world => {
      const { id } = await aUser(world)
      return { what: { params: { id } }, see: async () => (await world.users.byId(id)) === undefined }
    },
  ],

  ...CLIENT_CASES,

  ...API_CASES,
  ...GATE_CASES,
  putScope: [
    async world => {
      const scope = `${fresh()}:read`
      const see = async () =>
        (await world.scopes.list()).filter(one => one.scope === scope).map(one => [one.sentence, one.risk])
      return { what: { params: { scope }, body: { sentence: "Read what's there", risk: 'high' } }, see }
    },
  ],
  deleteScope: [
    async world => {
      const scope = `${fresh()}:read`
      await describeScope(world, OPERATOR, { scope, sentence: 'Read', risk: 'low' })
      const see = async () => (await world.scopes.list()).some(one => one.scope === scope)
      return { what: { params: { scope } }, see }
    },
  ],

  listSigningKeys: [read()],
  rotateSigningKey: [
    async world => {
      const before = (await world.signingKeys.list()).length
      const made = async () => (await world.signingKeys.list())[0]?.algorithm
      const see = async () => [(await world.signingKeys.list()).length - before, await made()]
      return { what: { body: { algorithm: 'RS256' } }, see }
    },
  ],
  removeSigningKey: [
    async world => {
      const old = await rotateSigningKey(world, OPERATOR)
      await rotateSigningKey(world, OPERATOR)
      const left = async () => (await world.signingKeys.list()).some(key => key.id === old.id)
      return { what: { params: { id: old.id } }, see: left }
    },
  ],
  listJournal: [
    async (_world, me) => ({ what: { query: { owner: me, event: 'granted', ip: '10.9.8.7' } } }),
    read({ request_id: 'none' }),
  ],
  explain: [async (world, me) => ({ what: { body: { credential: '' } }, credential: (await aKey(world, me)).secret })],
  ...VIEW_CASES,
  listSettings: [read()],
}
