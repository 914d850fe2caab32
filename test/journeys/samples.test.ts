import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { type ExampleName, type Started, startExample } from '../../examples/start.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { person } from '../kit/person.ts'

/* The samples of the five documents, run as they stand against the example APIs. */

const SAMPLES = join(import.meta.dirname, '..', 'samples')
const has = (program: string, ...parameters: string[]) => spawnSync(program, parameters).status === 0
const WITHOUT_CURL = has('curl', '--version') ? false : 'curl is not installed'
const WITHOUT_PYTHON = has('python3', '--version') ? false : 'python3 is not installed'
const STAND_IN = has('python3', '-c', 'import requests') ? {} : { PYTHONPATH: join(SAMPLES, 'stand-in') }
const run = promisify(execFile)

/** A sample with its placeholders replaced: the longest first, so that none is part of another. */
async function sample(name: string, places: Record<string, string>): Promise<string> {
  const text = await readFile(join(SAMPLES, name), 'utf8')
  return Object.keys(places)
    .sort((a, b) => b.length - a.length)
    .reduce((all, place) => all.replaceAll(place, places[place] as string), text)
}

const shell = async (script: string) => (await run('sh', ['-c', script.replaceAll('curl ', 'curl -s ')])).stdout
const python = async (script: string, env: Record<string, string> = {}) =>
  (await run('python3', ['-c', script], { env: { ...process.env, ...STAND_IN, ...env } })).stdout

async function example(name: ExampleName): Promise<Started & AsyncDisposable> {
  const dataDir = await mkdtemp(join(tmpdir(), 'claviger-example-'))
  const started = await startExample(
    name,
    { server: 0, api: 0 },
    readConfig({ CLAVIGER_PORT: '0', CLAVIGER_DATA_DIR: dataDir, CLAVIGER_LIMITS: 'off' }),
    pino({ level: 'silent' }),
  )
  return {
    ...started,
    async [Symbol.asyncDispose]() {
      await started.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Sends a sample that is a bare HTTP message, byte for byte but for what HTTP itself demands. */
function sendRaw(base: string, message: string): Promise<{ status: number; body: string }> {
  const { hostname, port, host } = new URL(base)
  const [head = '', body = ''] = message.trimEnd().split('\n\n')
  const [line, ...headers] = head.split('\n')
  const lines = [
    `${line} HTTP/1.1`,
    ...headers.filter(one => !one.startsWith('Host:')),
    `Host: ${host}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`))
    let text = ''
    socket.on('data', chunk => (text += chunk))
    socket.on('error', reject)
    socket.on('close', () =>
      resolve({ status: Number(text.split(' ')[1]), body: text.slice(text.indexOf('\r\n\r\n') + 4) }),
    )
  })
}

const CAMPAIGNS = [
  { id: 1, name: 'Summer sale' },
  { id: 2, name: 'Autumn launch' },
]

test('MCP: the example lists the notes by the call that it prints', { skip: WITHOUT_CURL }, async () => {
  await using started = await example('mcp')
  const call = started.calls.find(one => one.startsWith('curl ')) ?? ''
  assert.match(await shell(call), /Buy milk/)
})

test('Zocial: the curl samples list the campaigns', { skip: WITHOUT_CURL }, async () => {
  await using zocial = await example('zocial')
  const places = {
    'https://your-domain.com': zocial.api,
    your_token_here: zocial.made['token'] as string,
    'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9...': zocial.made['token'] as string,
  }
  assert.deepEqual(JSON.parse(await shell(await sample('zocial.sh', places))), CAMPAIGNS)
  assert.deepEqual(JSON.parse(await shell(await sample('zocial-first.sh', places))), CAMPAIGNS)
})

test('Zocial: the JavaScript sample gets the campaigns', async () => {
  await using zocial = await example('zocial')
  const script = `${await sample('zocial.mjs', { 'https://your-domain.com': zocial.api })}\nconsole.log(JSON.stringify(campaigns))`
  const file = join(tmpdir(), `claviger-sample-${process.pid}.mjs`)
  await writeFile(file, script)
  const { stdout } = await run(process.execPath, [file], {
    env: { ...process.env, ZOCIAL_API_TOKEN: zocial.made['token'] },
  })
  await rm(file)
  assert.deepEqual(JSON.parse(stdout), CAMPAIGNS)
})

test('Zocial: the Python sample gets the campaigns', { skip: WITHOUT_PYTHON }, async () => {
  await using zocial = await example('zocial')
  // Called without options the sample unpacks None before any request is made (ZO-10); with an empty dict it is sent.
  const script = (await sample('zocial.py', { 'https://your-domain.com': zocial.api })).replace(
    "api_request('campaigns/')",
    "api_request('campaigns/', {})",
  )
  const stdout = await python(`${script}\nimport json\nprint(json.dumps(campaigns))`, {
    ZOCIAL_API_TOKEN: zocial.made['token'] as string,
  })
  assert.deepEqual(JSON.parse(stdout), CAMPAIGNS)
})

test('Guide: the token request, the bearer request and the API key request work as printed', async () => {
  await using guide = await example('guide')
  const { clientId, clientSecret, key } = guide.made as Record<string, string>
  const token = await sendRaw(
    guide.server.url,
    await sample('guide-token.http', {
      YOUR_CLIENT_ID: clientId as string,
      YOUR_CLIENT_SECRET: clientSecret as string,
    }),
  )
  assert.equal(token.status, 200)
  const { access_token, token_type, expires_in } = JSON.parse(token.body) as Record<string, unknown>
  assert.equal(token_type, 'Bearer')
  assert.equal(typeof expires_in, 'number')

  const users = await sample('guide-users.http', { YOUR_ACCESS_TOKEN: access_token as string })
  assert.equal((await sendRaw(guide.server.url, users)).status, 200, 'the server lists its own users')
  assert.deepEqual(JSON.parse((await sendRaw(guide.api, users)).body), {
    users: [{ name: 'Ada' }, { name: 'Grace' }],
    asked_by: 'Nightly report',
  })

  const data = await sendRaw(guide.api, await sample('guide-data.http', { YOUR_API_KEY: key as string }))
  assert.equal(data.status, 200)
  assert.equal(JSON.parse(data.body).asked_by, 'developer')
})

test('Zebbra: the Python samples register, get a token, read the user and ask about expiry', {
  skip: WITHOUT_PYTHON,
}, async () => {
  await using zebbra = await example('zebbra')
  const text = await sample('zebbra.py', { 'http://localhost:8000': zebbra.server.url })
  // What the reader pastes: the token of the second answer goes into the third and fourth request.
  const script = text
    .replace('\n\nr = requests.get(', "\n\ntoken = r.json()['access_token']\nr = requests.get(")
    .replaceAll('eyJhbGciO...', '{token}')
  const lines = (
    await python(`import builtins, json\nprint = lambda answer: builtins.print(json.dumps(answer))\n${script}`)
  )
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const [registered, token, user, expired] = lines
  assert.deepEqual(Object.keys(registered), ['_id', 'username', 'first_name', 'last_name', 'workspaces', 'models'])
  assert.equal(registered.username, 'charlie_brown@example.com')
  assert.equal(registered.workspaces[0].name, 'My Workspace')
  assert.deepEqual(Object.keys(token), ['access_token', 'token_type'])
  assert.equal(token.token_type, 'bearer')
  assert.deepEqual(user, registered)
  assert.deepEqual(expired, { expired: false })

  const api = (path: string, init: RequestInit = {}) =>
    fetch(zebbra.api + path, {
      ...init,
      headers: { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
    })
  assert.equal(
    (await api('/models', { method: 'POST', body: '{"name":"Budget","workspace":"My Workspace"}' })).status,
    201,
  )
  assert.deepEqual(await (await api('/workspaces')).json(), ['My Workspace'])
  assert.equal((await fetch(`${zebbra.api}/models`)).status, 401)
})

test('tokenapi: the curl samples get a token, check it and call the view', { skip: WITHOUT_CURL }, async () => {
  await using tokenapi = await example('tokenapi')
  const made = JSON.parse(
    await shell(await sample('tokenapi-new.sh', { 'http://www.yourdomain.com': tokenapi.server.url })),
  )
  assert.equal(made.success, true)
  assert.equal(made.token.length, 24)
  const places = {
    '2uy-420a8efff7f882afc20d': made.token,
    'user=1': `user=${made.user}`,
    '/1.json': `/${made.user}.json`,
  }
  assert.deepEqual(
    JSON.parse(
      await shell(await sample('tokenapi-check.sh', { ...places, 'http://www.yourdomain.com': tokenapi.server.url })),
    ),
    { success: true },
  )
  const view = JSON.parse(
    await shell(await sample('tokenapi-index.sh', { ...places, 'http://www.yourdomain.com': tokenapi.api })),
  )
  assert.deepEqual(view, { success: true, test1: 49, test2: 'awesome' })

  const get = await fetch(`${tokenapi.api}/index.json?user=${made.user}&token=${made.token}`)
  assert.equal(get.status, 200)
  assert.deepEqual(await get.json(), { success: false, errors: 'Only POST is allowed' })
  const basic = { headers: { authorization: `Basic ${btoa(`${made.user}:${made.token}`)}` } }
  assert.deepEqual(await (await fetch(`${tokenapi.api}/profile.json`, basic)).json(), {
    success: true,
    user: made.user,
    name: 'jpulgarin',
  })
})

test('GoToSocial: the curl samples register, exchange the out-of-band code, verify and read notifications', {
  skip: WITHOUT_CURL,
}, async () => {
  await using mastodon = await example('mastodon')
  const { url } = mastodon.server
  const places: Record<string, string> = { 'https://your.instance.url': url }
  const app = JSON.parse(await shell(await sample('gotosocial-app.sh', places)))
  assert.equal(app.name, 'your_app_name')
  assert.equal(app.redirect_uri, 'urn:ietf:wg:oauth:2.0:oob')

  const who = person(url)
  await who.visit(
    `/oauth/authorize?client_id=${app.client_id}&redirect_uri=urn:ietf:wg:oauth:2.0:oob&response_type=code`,
  )
  const consent = await who.submit({
    username: mastodon.made['user'] as string,
    password: mastodon.made['password'] as string,
  })
  assert.match(consent.html, /your_app_name/)
  const page = await who.submit({ decision: 'allow' })
  const code = /<textarea[^>]*>([^<]+)<\/textarea>/.exec(page.html)?.[1]?.trim() as string

  Object.assign(places, {
    your_new_client_id: app.client_id,
    your_new_client_secret: app.client_secret,
    WBANQAXXHDN9KJQZXGWNQANA4V9EJWMUDHVCUUM3JHYAB3DP: code,
  })
  const token = JSON.parse(await shell(await sample('gotosocial-token.sh', places)))
  assert.deepEqual(Object.keys(token).sort(), ['access_token', 'created_at', 'scope', 'token_type'])
  assert.equal(token.scope, 'read')

  places['your_brand_new_token'] = token.access_token
  assert.equal(JSON.parse(await shell(await sample('gotosocial-verify.sh', places))).username, 'your_username')
  assert.deepEqual(JSON.parse(await shell(await sample('gotosocial-notifications.sh', places))), [])
  const stored = JSON.parse(
    await shell(await sample('gotosocial-notifications.sh', { ...places, 'https://your.instance.url': mastodon.api })),
  )
  assert.equal(stored.length, 2)
})
