import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openStatements } from '../../src/crypto/statement.ts'
import { addClient } from '../kit/cast.ts'
import { setClock } from '../kit/clock.ts'
import { countQueries } from '../kit/queries.ts'
import { anotherServer, testServer } from '../kit/server.ts'
import { purge, SHARED, status, tokenOf } from '../kit/statements.ts'

/* The keys that seal access tokens: every process has them in time, and none longer than needed. */

test('a token of a new key passes at once at a process that has not heard of the key; strange keys are looked for once a second', async () => {
  await using one = await testServer(SHARED)
  const two = await anotherServer(one, SHARED)
  try {
    const app = await addClient(one.world)
    const first = await tokenOf(one, app)
    assert.equal(await status(two, first), 200)
    const { vault, statementKeys } = one.world
    const [newest] = (await statementKeys.list()).slice(-1)
    const secret = randomBytes(32)
    await one.installation.engine.write(tx =>
      tx
        .insertInto('statement_keys')
        .values({
          number: (newest?.number ?? 0) + 1,
          sealed_secret: vault.seal('statement-key', secret.toString('base64url')),
          created_at: Date.now(),
          seals_from: Date.now(),
        })
        .execute(),
    )
    // Past the second within which a process that has just read its keys reads them no more.
    await new Promise(resolve => setTimeout(resolve, 1100))
    await one.world.statements.load()
    const later = await tokenOf(one, app)
    const opened = await one.world.statements.open(later)
    assert.ok(opened.is === 'sealed')
    assert.equal(await status(two, later), 200)
    assert.equal(await status(two, first), 200, 'the key before goes on to open')

    const forger = openStatements(() => SHARED.CLAVIGER_URL)
    const queries = countQueries(two.installation.engine)
    for (let number = 1000; number < 1040; number++) {
      forger.load([{ number, secret }], number)
      assert.equal(await status(two, forger.seal(opened.statement)), 401)
    }
    assert.ok(queries() < 40, `${queries()} queries for 40 tokens of strange keys`)
  } finally {
    await two.stop()
  }
})

test('the key that seals is renewed after seven days, known before it seals, and erased after its last token', async () => {
  await using server = await testServer(SHARED)
  const { world } = server
  const app = await addClient(world)
  const numberOf = async (token: string) => {
    const keys = await world.statementKeys.list()
    const statements = openStatements(() => SHARED.CLAVIGER_URL)
    for (const { number, sealedSecret } of keys) {
      const secret = Buffer.from(world.vault.open('statement-key', sealedSecret) ?? '', 'base64url')
      statements.load([{ number, secret }], number)
      if (statements.open(token).is === 'sealed') return number
    }
    return undefined
  }
  const first = await numberOf(await tokenOf(server, app))
  try {
    setClock(7 * 24 + 1)
    await world.statements.load()
    const [, next] = await world.statementKeys.list()
    assert.ok(next && next.sealsFrom >= Date.now() + 1000, 'all processes can read it before it is used')
    const last = await tokenOf(server, app)
    assert.equal(await numberOf(last), first)
    setClock(7 * 24 + 2)
    assert.equal(await numberOf(await tokenOf(server, app)), next.number)
    assert.equal(await status(server, last), 401, 'its hour is over')
    await purge(server, Date.now())
    assert.equal((await world.statementKeys.list()).length, 2)
    setClock(9 * 24 + 3)
    await purge(server, Date.now())
    assert.deepEqual(
      (await world.statementKeys.list()).map(({ number }) => number),
      [next.number],
    )
  } finally {
    setClock(0)
  }
})
