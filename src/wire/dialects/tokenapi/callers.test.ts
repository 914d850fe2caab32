import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testServer } from '../../../../test/kit/server.ts'
import { issueTokenPair } from '../../../core/credentials/issue/issue-token-pair.ts'
import { createUser } from '../../../core/users/create-user.ts'
import { callerAddress } from '../../../http/caller-address.ts'
import { Params } from '../../../http/params.ts'
import type { WireRequest } from '../../../http/request.ts'
import { OPERATOR } from '../../../model/users/actor.ts'
import { pairInPath } from './callers.ts'

/** A request from elsewhere: those of this machine are not counted. */
const asking = (token: string, user: number, ip: string): WireRequest => ({
  id: 'request',
  method: 'GET',
  path: `/token/${token}/${user}.json`,
  url: `/token/${token}/${user}.json`,
  params: { token, user: String(user) },
  query: new Params({}),
  headers: {},
  countHeader: () => 0,
  cookies: {},
  body: { type: 'none' },
  load: async () => ({ type: 'none' }),
  address: callerAddress(ip, {}, []),
  ip,
  peer: ip,
})

test('whoever tries many wrong pairs waits, however right the next one is; right pairs are never counted', async () => {
  await using server = await testServer({ CLAVIGER_LIMITS: 'on' })
  const { world } = server
  const user = await createUser(world, OPERATOR, { handle: 'ada' })
  const { token } = await issueTokenPair(world, OPERATOR, { userId: user.id })
  const right = async (ip: string) => pairInPath.prove(world, asking(token, user.number, ip))
  for (let i = 0; i < 100; i++) await right('203.0.113.1')

  const wrong = async () => pairInPath.prove(world, asking('000-0123456789abcdef0123', user.number, '203.0.113.2'))
  for (let i = 0; i < 30; i++) await assert.rejects(wrong(), { code: 'credential-unknown' })
  await assert.rejects(wrong(), { code: 'rate-limited' })
  await assert.rejects(right('203.0.113.2'), { code: 'rate-limited' })
  await right('203.0.113.1')
})
