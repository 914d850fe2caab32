import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { openSession } from '../../src/core/sign-in/sessions/open-session.ts'
import { DAY } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { asUser } from '../kit/acts.ts'
import { grant } from '../kit/admin-samples.ts'
import { addUser, PASSWORD } from '../kit/cast.ts'
import { application } from '../kit/house.ts'
import { type Person, person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* On the pages without a script nothing ends at one click: the form is answered with what stops, and sent again it ends. */

let server: TestServer
let alice: User
let who: Person
before(async () => {
  server = await testServer()
  alice = await addUser(server.world)
  who = person(server.url)
  await who.visit('/login')
  await who.submit({ username: 'alice', password: PASSWORD })
})
after(() => server[Symbol.asyncDispose]())

const key = async (name: string, now = server.world.now) => {
  const world = { ...server.world, now }
  const { credential } = await issueKey(world, OPERATOR, { kind: 'api-key', userId: alice.id, name })
  return credential.id
}
const isAlive = async (id: string) => (await server.world.credentials.byId(id))?.revokedAt === undefined

type Made = { at: string; fields: Record<string, string>; says: RegExp; ended(): Promise<boolean> }
const FORMS: Record<string, () => Promise<Made>> = {
  async 'revoke a token'() {
    const id = await key('Backup')
    const at = server.world.now()
    await server.world.usage.add(
      [{ minute: Math.floor(at / 60_000), countedBy: id, kind: 'api_key', outcome: 'valid', count: 12 }],
      new Map([[id, at]]),
      [{ countedBy: id, network: '10.0.0.0/24', at }],
    )
    const says =
      /Revoke: Backup\?[\s\S]+It ends for good[\s\S]+1 credential of 1 person, used 12 times in the last 24 hours from 1 network\.[\s\S]+This cannot be undone/
    return { at: '/account/tokens/revoke', fields: { which: 'one', id }, says, ended: async () => !(await isAlive(id)) }
  },
  async 'revoke unused tokens'() {
    const ids = [await key('Old one', () => DAY), await key('Old two', () => 2 * DAY)]
    const fresh = await key('Fresh')
    const says = /Revoke: 2 tokens\?[\s\S]+Old (one|two)[\s\S]+Old (one|two)[\s\S]+2 credentials of 1 person, not used/
    const ended = async () => {
      assert.ok(await isAlive(fresh))
      return (await Promise.all(ids.map(isAlive))).every(alive => !alive)
    }
    return { at: '/account/tokens/revoke', fields: { which: 'unused' }, says, ended }
  },
  async 'remove the access of an application'() {
    const { id, clientId } = await grant(server.world, alice)
    const says = /Revoke access: [\s\S]+is refused within a second[\s\S]+The application can ask again\./
    const ended = async () => (await server.world.grants.byId(id))?.revokedAt !== undefined
    return { at: '/account/applications', fields: { which: 'one', client: clientId }, says, ended }
  },
  async 'remove the access of all applications'() {
    const all = [await grant(server.world, alice), await grant(server.world, alice)]
    const says = /Revoke access: \d applications?\?[\s\S]+The applications can ask again\./
    const ended = async () => {
      const now = await Promise.all(all.map(({ id }) => server.world.grants.byId(id)))
      return now.every(one => one?.revokedAt !== undefined)
    }
    return { at: '/account/applications', fields: { which: 'all' }, says, ended }
  },
  async 'sign another browser out'() {
    const { credential } = await openSession(server.world, asUser(alice), { methods: ['pwd'] })
    const says = /Sign out: unknown browser\?[\s\S]+must sign in again[\s\S]+It can sign in again/
    const ended = async () => !(await isAlive(credential.id))
    return { at: '/account/sessions', fields: { which: 'one', id: credential.id }, says, ended }
  },
  async 'sign all other browsers out'() {
    const all = [await openSession(server.world, asUser(alice), { methods: ['pwd'] })]
    all.push(await openSession(server.world, asUser(alice), { methods: ['pwd'] }))
    const says = /Sign out: 2 browsers\?[\s\S]+unknown browser[\s\S]+unknown browser/
    const ended = async () => (await Promise.all(all.map(one => isAlive(one.credential.id)))).every(alive => !alive)
    return { at: '/account/sessions', fields: { which: 'others' }, says, ended }
  },
  async 'delete an application'() {
    const { client } = await application(server.world, ['read'], alice.id)
    const says = /Delete: Nightly job\?[\s\S]+every token of it end for good[\s\S]+0 credentials, not used/
    const ended = async () => (await server.world.clients.byId(client.id)) === undefined
    return { at: `/developers/apps/${client.id}`, fields: { what: 'delete' }, says, ended }
  },
  async 'end the secret of an application'() {
    const { client } = await application(server.world, ['read'], alice.id)
    const [old] = client.secrets
    const says = /Rotate: Nightly job\?[\s\S]+stop at once/
    const ended = async () => {
      const now = (await server.world.clients.byId(client.id))?.secrets ?? []
      return now.every(({ fingerprint, expiresAt }) => fingerprint !== old?.fingerprint || expiresAt !== undefined)
    }
    return { at: `/developers/apps/${client.id}`, fields: { what: 'rotate-now' }, says, ended }
  },
}

for (const [name, make] of Object.entries(FORMS))
  test(`to ${name} takes two steps: what stops is said first, and nothing has ended by then`, async () => {
    const { at, fields, says, ended } = await make()
    const csrf = /name="csrf" value="([^"]+)"/.exec((await who.visit('/account/tokens')).html)?.[1] ?? ''
    const asked = await who.visit(at, { method: 'POST', body: new URLSearchParams({ csrf, ...fields }) })
    assert.equal(asked.status, 200)
    assert.match(asked.html.replace(/<head[\s\S]+<\/head>/, ''), says)
    assert.equal(await ended(), false)
    await who.submit({})
    assert.equal(await ended(), true)
  })

test('where nothing was unused the page says so, and asks nothing', async () => {
  const csrf = /name="csrf" value="([^"]+)"/.exec((await who.visit('/account/tokens')).html)?.[1] ?? ''
  const body = new URLSearchParams({ csrf, which: 'unused' })
  assert.match(
    (await who.visit('/account/tokens/revoke', { method: 'POST', body })).html,
    /Everything in this list was used recently/,
  )
})
