import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { registerClient } from '../../src/core/clients/register-client.ts'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { openLog } from '../../src/server/operate/log.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { startServer } from '../../src/server/start.ts'
import { emptyFolder } from '../kit/command.ts'

const CANARY = 'canary-7f3a91'

test('no secret that is sent or made reaches the log, whatever is asked and however it ends', async () => {
  await using folder = await emptyFolder()
  let written = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += chunk
      done()
    },
  })
  const config = readConfig({ CLAVIGER_DATA_DIR: folder.path, CLAVIGER_PORT: '0', CLAVIGER_LIMITS: 'off' })
  const { url, world, stop } = await startServer(config, { log: openLog('trace', stream) })
  const user = await createUser(world, OPERATOR, { handle: 'ada', password: `${CANARY}-password` })
  const key = await issueKey(world, OPERATOR, { kind: 'api-key', userId: user.id, name: 'k' })
  const { client, secret = '' } = await registerClient(world, OPERATOR, {
    name: 'A',
    redirectUris: ['https://a.example/cb'],
    scopes: ['read'],
    type: 'confidential',
    source: 'operator',
  })
  const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })
  const own = { client_id: client.id, client_secret: secret }
  const asked = [
    ['/oauth2/token', form({ grant_type: 'client_credentials', ...own })],
    [
      '/oauth2/token',
      form({ grant_type: 'authorization_code', code: `${CANARY}-code`, code_verifier: `${CANARY}-verifier`, ...own }),
    ],
    [
      '/oauth2/token',
      form({
        grant_type: 'refresh_token',
        refresh_token: `${CANARY}-refresh`,
        client_id: client.id,
        client_secret: `${CANARY}-cs`,
      }),
    ],
    ['/oauth2/introspect', form({ token: `${CANARY}-token`, ...own })],
    ['/oauth2/authorize?client_id=x&code_challenge=canary-7f3a91&state=canary-7f3a91', {}],
    ['/login', form({ username: 'ada', password: `${CANARY}-wrong`, csrf: CANARY })],
    ['/v1/whoami?api_key=canary-7f3a91-query', {}],
    ['/v1/whoami', { headers: { authorization: `Bearer ${key.secret}`, cookie: `claviger-session=${CANARY}` } }],
    ['/v1/users', { headers: { authorization: `Bearer ${CANARY}` } }],
    [
      '/v1/verify',
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"credential":"${CANARY}"` },
    ],
    [`/setup/${CANARY}`, {}],
    [`/${CANARY}/nowhere`, {}],
    ['/oauth2/token', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: CANARY }],
  ] as const
  for (const [path, init] of asked) await (await fetch(url + path, { ...init, redirect: 'manual' })).text()
  await stop()
  assert.ok(written.split('\n').length > asked.length, 'the log was written')
  assert.ok(written.includes('"route":"/oauth2/token"'))
  for (const leaked of [CANARY, key.secret, secret]) assert.ok(!written.includes(leaked), written.slice(0, 4000))
})
