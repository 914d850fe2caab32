import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anonymous, bearer, clientToken, type Person, person, type Said } from '../../../test/kit/admin.ts'
import { SAMPLES } from '../../../test/kit/admin-samples.ts'
import { type TestServer, testServer } from '../../../test/kit/server.ts'
import { coversAll } from '../../model/scopes/scope.ts'
import { ROLES, type Role } from '../../model/users/user.ts'
import { OPERATIONS, type Operation, type OperationId } from './contract.ts'

/* Made from the contract: every operation, every sort of caller. A new operation without a sample does not compile. */

const IDS = Object.keys(OPERATIONS) as OperationId[]
const ROLE_NAMES = Object.keys(ROLES) as Role[]
const permits = (role: Role, { needs }: Operation) => needs.length > 0 && coversAll(ROLES[role], needs)

async function ask(server: TestServer, id: OperationId, owner: Person['user'], by: Person['ask']): Promise<Said> {
  const { path, body } = await SAMPLES[id](server.world, owner)
  return by(OPERATIONS[id].on[0], path, body)
}
const said = (answer: Said) => `${answer.status} ${answer.body['code'] ?? ''}`.trim()

test('whoever presents nothing, or nothing good, gets a challenge and no more, wherever they ask', async () => {
  await using server = await testServer()
  const eve = await person(server, 'eve')
  const callers = {
    nothing: anonymous(server),
    'a wrong token': bearer(server, 'clv_app_00000000000000000000000000000000000000'),
    'a token of another system': bearer(server, 'abc.def.ghi'),
  }
  for (const id of IDS) {
    for (const [name, by] of Object.entries(callers)) {
      const answer = await ask(server, id, eve.user, by)
      assert.equal(answer.status, 401, `${id} with ${name}: ${answer.text}`)
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer /, id)
      assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
    }
  }
})

for (const role of ROLE_NAMES) {
  test(`the role ${role} may do what its row says with what is not theirs, and nothing else`, async () => {
    await using server = await testServer()
    const [eve, me] = [await person(server, 'eve'), await person(server, 'me', role)]
    await person(server, 'other', 'owner')
    for (const id of IDS) {
      const operation: Operation = OPERATIONS[id]
      const answer = await ask(server, id, eve.user, me.ask)
      if (permits(role, operation) || operation.self === 'all')
        assert.equal(said(answer), `${operation.status}`, `${role} ${id}: ${answer.text}`)
      else if (operation.self === 'own')
        assert.ok([403, 404].includes(answer.status), `${role} ${id} of somebody else: ${said(answer)}`)
      else assert.equal(said(answer), '403 permission-missing', `${role} ${id}`)
      if (answer.status === 403) assert.equal(answer.body['scope'] === undefined, false, `${id} says what is needed`)
    }
  })
}

test('a plain user may do with their own things what the contract says is for themselves', async () => {
  await using server = await testServer()
  const me = await person(server, 'me')
  for (const id of IDS.filter(one => 'self' in OPERATIONS[one])) {
    const answer = await ask(server, id, me.user, me.ask)
    assert.equal(answer.status, OPERATIONS[id].status, `${id}: ${answer.text}`)
  }
})

test('a credential with exactly the scopes of an operation opens it; without one of them, or as a session only, it does not', async () => {
  await using server = await testServer()
  const eve = await person(server, 'eve')
  await person(server, 'boss', 'owner')
  const everything = [...ROLES.owner, 'read', 'admin']
  const without = bearer(server, await clientToken(server, ['read', 'userss', 'users:readx', 'client']))
  for (const id of IDS) {
    const operation: Operation = OPERATIONS[id]
    const denied = await ask(server, id, eve.user, without)
    const expected = operation.needs.length === 0 ? '403 permission-missing' : '403 scope-insufficient'
    assert.equal(said(denied), expected, id)
    if (operation.needs.length === 0) continue
    const exact = bearer(server, await clientToken(server, [...operation.needs, 'read']))
    const allowed = await ask(server, id, eve.user, exact)
    assert.equal(allowed.status, operation.status, `${id}: ${allowed.text}`)
    for (const missing of operation.needs) {
      const scopes = everything.flatMap(scope => (missing.startsWith(scope) ? [] : [scope]))
      const lacking = bearer(server, await clientToken(server, scopes))
      assert.equal(said(await ask(server, id, eve.user, lacking)), '403 scope-insufficient', `${id} without ${missing}`)
    }
  }
})
