import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf } from '../../src/cli/output/failure.ts'
import { ServerRefusal } from '../../src/cli/remote/server-refusal.ts'
import { REFUSALS, Refusal, type RefusalCode } from '../../src/model/refusals/refusal.ts'
import { remedyOf } from '../../src/model/refusals/remedies.ts'

test('the command line gives the remedy of a refusal in the words of every other surface, and adds the command alone', () => {
  const own: RefusalCode[] = ['credential-missing', 'bug']
  const hints = (Object.keys(REFUSALS) as RefusalCode[]).map(code => ({
    code,
    hint: failureOf(new Refusal(code)).hint,
  }))
  const given = hints.filter(({ code, hint }) => hint !== null && !own.includes(code))
  assert.ok(given.some(({ code }) => code === 'scope-unknown'))
  for (const { code, hint } of given) assert.ok(hint?.startsWith(`${remedyOf(code)} `), `${code}: ${hint}`)
})

test('an unexpected failure of a server names the request id, and one of the command asks for its log', () => {
  const { hint, request_id } = failureOf(new ServerRefusal('bug', {}, 'r1'))
  assert.deepEqual([hint, request_id], [remedyOf('bug'), 'r1'])
  for (const error of [new Error('x'), new Refusal('bug')])
    assert.match(failureOf(error).hint ?? '', /CLAVIGER_LOG_LEVEL/)
})
