import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSetUp } from '../../src/core/sign-in/open-set-up.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { addUser, PASSWORD } from '../kit/cast.ts'
import { person, readForm } from '../kit/person.ts'
import { testServer } from '../kit/server.ts'

test('the set-up link makes one owner, signs them in and is spent', async () => {
  await using server = await testServer()
  const { secret } = await openSetUp(server.world, OPERATOR, { opensFor: 'first' })
  const who = person(server.url)
  const page = await who.visit(`/setup/${secret}`)
  assert.equal(page.status, 200)
  assert.equal((await who.submit({ username: 'root', password: 'x' })).status, 400, 'a typing error does not burn it')
  const sight = await who.submit({ username: 'root', password: PASSWORD })
  assert.match(sight.url, /\/console$/)
  assert.equal((await server.world.users.byName('root'))?.role, 'owner')

  const other = person(server.url)
  assert.equal((await other.visit(`/setup/${secret}`)).status, 400)
  const { csrf = '' } = readForm((await other.visit('/login')).html).fields
  const again = await other.visit(`/setup/${secret}`, {
    method: 'POST',
    body: new URLSearchParams({ csrf, username: 'second', password: PASSWORD }),
  })
  assert.equal(again.status, 400)
  assert.equal(await server.world.users.byName('second'), undefined)
})

test('of many who use the link at once one becomes owner', async () => {
  await using server = await testServer()
  const { secret } = await openSetUp(server.world, OPERATOR, { opensFor: 'first' })
  const people = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const who = person(server.url)
      await who.visit(`/setup/${secret}`)
      return who
    }),
  )
  await Promise.all(people.map((who, i) => who.submit({ username: `root${i}`, password: PASSWORD })))
  assert.equal(await server.world.users.countByRole('owner'), 1)
})

test('two links for the first admin, opened at once, make one owner; the second is told that it is too late', async () => {
  await using server = await testServer()
  const links = await Promise.all([
    openSetUp(server.world, OPERATOR, { opensFor: 'first' }),
    openSetUp(server.world, OPERATOR, { opensFor: 'first' }),
  ])
  const people = await Promise.all(
    links.map(async ({ secret }) => {
      const who = person(server.url)
      assert.equal((await who.visit(`/setup/${secret}`)).status, 200)
      return who
    }),
  )
  const sights = await Promise.all(people.map((who, i) => who.submit({ username: `root${i}`, password: PASSWORD })))
  assert.deepEqual(sights.map(({ status }) => status).toSorted(), [200, 400])
  assert.equal(await server.world.users.count(), 1)
  assert.equal(await server.world.users.countByRole('owner'), 1)
})

test('a name that is taken burns no link', async () => {
  await using server = await testServer()
  await addUser(server.world, 'root')
  const { secret } = await openSetUp(server.world, OPERATOR, { opensFor: 'another' })
  const who = person(server.url)
  await who.visit(`/setup/${secret}`)
  assert.equal((await who.submit({ username: 'ROOT', password: PASSWORD })).status, 409)
  assert.match((await who.submit({ username: 'boss', password: PASSWORD })).url, /\/console$/)
})

test('a link for the first admin is worth nothing once there is one, nor is any other secret', async () => {
  await using server = await testServer()
  const { secret } = await openSetUp(server.world, OPERATOR, { opensFor: 'first' })
  await addUser(server.world, 'admin', { role: 'admin' })
  const who = person(server.url)
  for (const link of [secret, 'x', 'clv_setup_', `${secret}x`, encodeURIComponent('../login')])
    assert.equal((await who.visit(`/setup/${link}`)).status, 400, link)
})
