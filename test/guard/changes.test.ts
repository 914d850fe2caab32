import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeCredential } from '../../src/core/credentials/change-credential.ts'
import { AuthError } from '../../src/guard/answer/auth-error.ts'
import { type Guard, openGuard } from '../../src/guard/decide/guard.ts'
import { webCarrier } from '../../src/guard/request/carriers.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { eventually } from '../kit/eventually.ts'
import { api, issue, person } from '../kit/house.ts'
import { link } from '../kit/link.ts'
import { testServer } from '../kit/server.ts'

const outcome = async (guard: Guard, secret: string): Promise<string> => {
  try {
    await guard.check(webCarrier({ headers: new Headers({ authorization: `Bearer ${secret}` }), url: '/' }))
    return 'passed'
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

test('a credential that is narrowed, disabled or enabled is judged so at a far guard that remembered it', async () => {
  await using server = await testServer()
  await using line = await link(server.url)
  const { world } = server
  const guard = openGuard({ ...(await api(server)), url: line.url, scopes: 'read' })
  try {
    const { presented, credentialId } = await issue(world, 'api-key', await person(world))
    const untilItIs = (wanted: string) => eventually(async () => (await outcome(guard, presented)) === wanted)
    // Until the guard answers without asking the server: from then on only the feed can change its mind.
    const untilRemembered = async () => {
      await untilItIs('passed')
      await eventually(async () => {
        const before = line.calls('/v1/verify')
        assert.equal(await outcome(guard, presented), 'passed')
        return line.calls('/v1/verify') === before
      })
    }
    await untilRemembered()
    await changeCredential(world, OPERATOR, { credentialId, active: false })
    await untilItIs('disabled')
    await changeCredential(world, OPERATOR, { credentialId, active: true })
    await untilRemembered()
    await changeCredential(world, OPERATOR, { credentialId, scopes: [] })
    await untilItIs('insufficient_scope')
  } finally {
    await guard.close()
  }
})
