import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyFolder, startCommand } from '../kit/command.ts'
import { testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

const metadataOf = async (url: string) =>
  (await (await fetch(`${url}/.well-known/oauth-authorization-server`)).json()) as Record<string, string>

test('an https address in capitals is https: cookies are Secure, and browsers are told to stay with it', async () => {
  await using server = await testServer({ CLAVIGER_URL: 'HTTPS://Auth.Example.COM:443/' })
  const page = await fetch(`${server.url}/login`)
  assert.match(page.headers.get('set-cookie') ?? '', /__Host-.*; Secure/)
  assert.match(page.headers.get('strict-transport-security') ?? '', /max-age/)
  const { issuer, token_endpoint } = await metadataOf(server.url)
  assert.equal(issuer, 'https://auth.example.com')
  assert.equal(token_endpoint, 'https://auth.example.com/oauth2/token')
})

test('slashes at the end of the address do not get into other addresses', async () => {
  await using server = await testServer({ CLAVIGER_URL: 'http://localhost:8420//' })
  for (const [name, value] of Object.entries(await metadataOf(server.url)))
    assert.doesNotMatch(String(value), /[^:]\/\//, name)
})

test('an address with a path that has two spellings stops the start with a sentence that says what to do', async () => {
  await using folder = await emptyFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_URL: 'https://example.com/a%75th' }
  const { code, stderr, stdout } = await command(['start', '--port', '0'], { env })
  assert.deepEqual([code, stdout], [3, ''])
  assert.match(stderr, /CLAVIGER_URL must have a path of letters.*https:\/\/example\.com\/auth/)
})

test('beside a service called claviger it starts on the port of its own', async () => {
  await using folder = await emptyFolder()
  await using server = await startCommand([], {
    env: {
      CLAVIGER_DATA_DIR: folder.path,
      CLAVIGER_PORT: 'tcp://10.0.0.5:8420',
      CLAVIGER_SERVICE_HOST: '10.0.0.5',
      CLAVIGER_SERVICE_PORT: '8420',
      CLAVIGER_WEB_PORT_80_TCP: 'tcp://10.0.0.6:80',
    },
  })
  assert.equal((await fetch(`${server.url}/livez`)).status, 200)
  const listed = await command(['user', 'list', '--json'], {
    env: { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_PORT: 'tcp://10.0.0.5:8420', CLAVIGER_SERVICE_HOST: '10.0.0.5' },
  })
  assert.equal(listed.code, 0, listed.stderr)
})

test('an IPv6 address to listen on may stand in brackets', async () => {
  await using folder = await emptyFolder()
  await using server = await startCommand(['--host', '[::1]'], { env: { CLAVIGER_DATA_DIR: folder.path } })
  assert.match(server.url, /^http:\/\/\[::1\]:\d+$/)
  assert.equal((await metadataOf(server.url))['issuer'], server.url)
  const doctor = await command(['doctor', '--json'], {
    env: { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_HOST: '[::1]', CLAVIGER_PORT: new URL(server.url).port },
  })
  assert.match(doctor.stdout, /a server answers at \[::1\]:\d+/)
})

for (const host of ['0.0.0.0', '::', '[::]', '0'])
  test(`listening on every address (${host}) makes no issuer and no link of it, and says what to set`, async () => {
    await using folder = await emptyFolder()
    const env = { CLAVIGER_DATA_DIR: folder.path }
    await using server = await startCommand(['--host', host], { env })
    assert.match(server.url, /^http:\/\/localhost:\d+$/)
    assert.equal((await metadataOf(server.url))['issuer'], server.url)
    assert.doesNotMatch(server.stdout(), /0\.0\.0\.0|\[::\]/)
    assert.match(server.stderr(), /CLAVIGER_URL/)
    const link = await command(['setup-link'], { env: { ...env, CLAVIGER_HOST: host } })
    assert.match(link.stdout, new RegExp(`^${server.url}/setup/`))
    const doctor = await command(['doctor', '--json'], { env: { ...env, CLAVIGER_HOST: host } })
    assert.match(doctor.stdout, /Set CLAVIGER_URL to the address that clients use/)
  })

test('a host that leads nowhere is a problem of the configuration, and no bug', async () => {
  await using folder = await emptyFolder()
  for (const host of ['no-such-host.invalid', '192.0.2.1', 'fe80::1%nothing0']) {
    const started = await command(['start', '--port', '0', '--host', host], { env: { CLAVIGER_DATA_DIR: folder.path } })
    assert.equal(started.code, 3, `${host}: ${started.stderr}`)
    assert.match(started.stderr, /CLAVIGER_HOST/, host)
  }
})
