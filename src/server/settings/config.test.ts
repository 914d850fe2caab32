import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'

/* Settings are parsed once, made canonical, and refused where they cannot work. */

const PRODUCTION = {
  CLAVIGER_ENV: 'production',
  CLAVIGER_URL: 'https://auth.example.com',
  CLAVIGER_MASTER_KEY: 'a-master-key-for-this-test-alone-0123456789',
}

const urlOf = (url: string) => readConfig({ CLAVIGER_URL: url }).url
const hostOf = (host: string) => readConfig({ CLAVIGER_HOST: host }).host

test('the public address has one spelling: scheme and host in lower case, no default port, no slash', () => {
  const spellings: Record<string, string> = {
    'https://auth.example.com': 'https://auth.example.com',
    'HTTPS://auth.example.com': 'https://auth.example.com',
    'https://AUTH.Example.COM/': 'https://auth.example.com',
    'https://auth.example.com:443': 'https://auth.example.com',
    'http://host//': 'http://host',
    'HTTP://127.0.0.1:80/': 'http://127.0.0.1',
    'https://auth.example.com:8443/': 'https://auth.example.com:8443',
    ' https://auth.example.com\n': 'https://auth.example.com',
    'http://[0:0:0:0:0:0:0:1]:8420': 'http://[::1]:8420',
    'https://bücher.example': 'https://xn--bcher-kva.example',
    'https://auth.example.com/oauth': 'https://auth.example.com/oauth',
    'HTTPS://Auth.example.com:443/Team_1/~id.v2-x/': 'https://auth.example.com/Team_1/~id.v2-x',
  }
  for (const [typed, canonical] of Object.entries(spellings)) assert.equal(urlOf(typed), canonical, typed)
  assert.equal(readConfig({}, { url: 'HTTPS://A.example/' }).url, 'https://a.example', 'a flag')
  assert.equal(readConfig({}, {}, { url: 'HTTPS://A.example/' }).url, 'https://a.example', 'the file')
})

test('a public address that cannot work stops the start, with what is wrong with it', () => {
  const wrong: Record<string, RegExp> = {
    'auth.example.com': /absolute http or https URL/,
    'ftp://auth.example.com': /absolute http or https URL/,
    'https:auth.example.com': /absolute http or https URL/,
    'https://': /absolute http or https URL/,
    'https://a b.example': /absolute http or https URL/,
    'https://auth.example.com:99999': /absolute http or https URL/,
    'https://auth.example.com//oauth/': /no empty part.*try https:\/\/auth\.example\.com\/auth/,
    'https://auth.example.com\\oauth': /letters, digits/,
    'https://auth.example.com/./oauth': /no "." and ".."/,
    'https://auth.example.com/a/../oauth': /no "." and ".."/,
    'https://auth.example.com/a/%2e%2e/oauth': /nothing percent-encoded/,
    'https://auth.example.com/caf%C3%A9': /nothing percent-encoded/,
    'https://auth.example.com/café': /letters, digits/,
    'https://auth.example.com/a;b': /letters, digits/,
    'https://auth.example.com/.well-known/oauth': /must not begin its path with/,
    'https://ada:geheim@auth.example.com': /no user/,
    'https://@auth.example.com': /no user/,
    'https://auth.example.com?': /no query/,
    'https://auth.example.com/?a=b': /no query/,
    'https://auth.example.com#top': /no query and no fragment/,
    'http://0.0.0.0:8420': /every address/,
    'http://[::]:8420': /every address/,
    'http://0:8420': /every address/,
    'https://*.example.com': /one host/,
    'https://auth.example.com:0': /one host and a port/,
  }
  for (const [typed, says] of Object.entries(wrong)) {
    assert.throws(() => urlOf(typed), says, typed)
    assert.throws(() => readConfig({}, { url: typed }), says, `flag ${typed}`)
    assert.throws(() => readConfig({}, {}, { url: typed }), says, `file ${typed}`)
  }
  assert.throws(
    () => urlOf('https://ada:geheim@auth.example.com'),
    error => !String(error).includes('geheim'),
  )
})

test('production refuses plain http off this machine, however it is spelled, and trust in everybody', () => {
  for (const url of ['http://auth.example.com', 'HTTP://auth.example.com', 'hTTp://AUTH.example.com/'])
    assert.throws(() => readConfig({ ...PRODUCTION, CLAVIGER_URL: url }), /must use https/, url)
  for (const url of ['HTTP://LOCALHOST:8420', 'http://[::1]:8420/', 'HTTPS://auth.example.com'])
    assert.ok(readConfig({ ...PRODUCTION, CLAVIGER_URL: url }).production, url)
  for (const everybody of ['0.0.0.0/0', '10.0.0.0/8,::/0', '203.0.113.7/0'])
    assert.throws(() => readConfig({ ...PRODUCTION, CLAVIGER_TRUST_PROXY: everybody }), /every address/, everybody)
})

test('production is production from every source, and an empty variable is none', () => {
  const { CLAVIGER_ENV: _, ...rest } = PRODUCTION
  for (const config of [
    readConfig(PRODUCTION),
    readConfig({ ...PRODUCTION, CLAVIGER_ENV: ' production\n' }),
    readConfig(rest, { env: 'production' }),
    readConfig(rest, {}, { env: 'production' }),
    readConfig({ ...rest, CLAVIGER_ENV: '' }, {}, { env: 'production' }),
  ])
    assert.deepEqual([config.production, config.registration], [true, 'closed'])
})

test('the host to listen on is an address or a name, with or without brackets', () => {
  const spellings: Record<string, string> = {
    '[::1]': '::1',
    '::1': '::1',
    '0:0:0:0:0:0:0:0': '::',
    '[::]': '::',
    '::ffff:127.0.0.1': '127.0.0.1',
    '127.1': '127.0.0.1',
    LOCALHOST: 'localhost',
    'fe80::1%eth0': 'fe80::1%eth0',
    'auth.example.com': 'auth.example.com',
  }
  for (const [typed, canonical] of Object.entries(spellings)) assert.equal(hostOf(typed), canonical, typed)
  const wrong = [
    'http://127.0.0.1',
    '127.0.0.1:8420',
    '[::1]:8420',
    'localhost:80',
    'a/b',
    '*',
    '[::1',
    'a b',
    '1.2.3.400',
  ]
  for (const typed of wrong) assert.throws(() => hostOf(typed), /CLAVIGER_HOST must be/, typed)
})

test('trusted proxies are networks in one spelling', () => {
  const { trustProxy } = readConfig({ CLAVIGER_TRUST_PROXY: '10.1.2.3/8, ::FFFF:192.0.2.0/120 2001:DB8::/32,::1' })
  assert.deepEqual(trustProxy, ['10.0.0.0/8', '192.0.2.0/24', '2001:db8::/32', '::1'])
  for (const wrong of ['10.0.0.0/33', 'everybody', '10.0.0', '1.2.3.4:80', 'fe80::1%eth0'])
    assert.throws(() => readConfig({ CLAVIGER_TRUST_PROXY: wrong }), /CLAVIGER_TRUST_PROXY/, wrong)
})

test('a database address is read once, and what would be read wrongly is refused without showing it', () => {
  const database = (url: string) => readConfig({ CLAVIGER_DATABASE_URL: url }).databaseUrl
  const spellings: Record<string, string> = {
    'sqlite:./x.db': 'sqlite:./x.db',
    'SQLite:x.db': 'sqlite:x.db',
    'sqlite:///var/lib/x.db': 'sqlite:/var/lib/x.db',
    'sqlite:/var/lib/x.db\n': 'sqlite:/var/lib/x.db',
    'POSTGRES://ada@db.example/claviger': 'postgres://ada@db.example/claviger',
    'postgresql://ada:a%23b@[::1]:5432/claviger?sslmode=require':
      'postgres://ada:a%23b@[::1]:5432/claviger?sslmode=require',
    'postgres:///claviger?host=/var/run/postgresql': 'postgres:///claviger?host=/var/run/postgresql',
  }
  for (const [typed, canonical] of Object.entries(spellings)) assert.equal(database(typed), canonical, typed)
  const wrong: Record<string, RegExp> = {
    'mysql://ada@db/claviger': /sqlite:PATH or postgres/,
    'postgres:ada@db/claviger': /sqlite:PATH or postgres/,
    'postgres://ada:ge#heim@db/claviger': /percent-encode/,
    'postgres://ada:12#heim@db/claviger': /percent-encode/,
    'postgres://ada:12?heim@db/claviger': /percent-encode/,
    'postgres://ada:heim@db:port/claviger': /percent-encode/,
    'sqlite://x.db': /sqlite:PATH, such as/,
    'sqlite::memory:': /must name a file/,
    'sqlite:': /sqlite:PATH/,
  }
  for (const [typed, says] of Object.entries(wrong))
    assert.throws(
      () => database(typed),
      error => says.test(String(error)) && !String(error).includes('heim'),
      typed,
    )
})

test('days that do not exist and ends before their announcement are refused', () => {
  const sunset = (value: string) => readConfig({ CLAVIGER_DIALECT_SUNSET: value }).dialectSunset
  assert.deepEqual(sunset('zebbra=2028-02-29'), { zebbra: { sunsetAt: Date.UTC(2028, 1, 29) } })
  for (const wrong of ['zebbra=2027-02-29', 'zebbra=2027-02-30', 'zebbra=2027-13-01', 'zebbra=2027-04-31/2027-06-30'])
    assert.throws(() => sunset(wrong), /days that exist/, wrong)
  assert.throws(() => sunset('zebbra=2027-06-30/2027-01-01'), /an end before its announcement/)
})

test('what a container platform injects about a neighbour called claviger is no setting, and no error', () => {
  const injected = {
    CLAVIGER_SERVICE_HOST: '10.0.0.5',
    CLAVIGER_SERVICE_PORT: '8420',
    CLAVIGER_SERVICE_PORT_HTTP: '8420',
    CLAVIGER_PORT: 'tcp://10.0.0.5:8420',
    CLAVIGER_PORT_8420_TCP: 'tcp://10.0.0.5:8420',
    CLAVIGER_PORT_8420_TCP_PROTO: 'tcp',
    CLAVIGER_PORT_8420_TCP_PORT: '8420',
    CLAVIGER_PORT_8420_TCP_ADDR: '10.0.0.5',
    CLAVIGER_PORT_53_UDP: 'udp://10.0.0.5:53',
    CLAVIGER_WEB_SERVICE_HOST: '10.0.0.6',
    CLAVIGER_WEB_SERVICE_PORT: '80',
    CLAVIGER_WEB_PORT: 'tcp://10.0.0.6:80',
    CLAVIGER_WEB_PORT_80_TCP_ADDR: '10.0.0.6',
    CLAVIGER_2_DB_PORT: 'sctp://10.0.0.7:5432',
  }
  assert.equal(readConfig(injected).port, 8420, 'the default')
  assert.equal(readConfig(injected, {}, { port: '9000' }).port, 9000, 'the file')
  assert.equal(readConfig(injected, { port: '9001' }).port, 9001, 'the flag')
  assert.equal(readConfig({ ...injected, CLAVIGER_PORT: '9002' }).port, 9002, 'the environment')
})

test('a wrong port and a misspelt setting are still errors', () => {
  for (const port of ['http', 'http://10.0.0.5:8420', 'tcp:8420', '-1', '65536', '84 20', '8420.0'])
    assert.throws(() => readConfig({ CLAVIGER_PORT: port }), /CLAVIGER_PORT must be a whole number/, port)
  for (const name of ['CLAVIGER_HTTP_PORT', 'CLAVIGER_POORT', 'CLAVIGER_SERVICE', 'CLAVIGER_PORT_NUMBER'])
    assert.throws(() => readConfig({ [name]: '8420' }), /is not a setting/, name)
  assert.throws(() => readConfig({}, { port: 'tcp://10.0.0.5:8420' }), /--port must be/, 'nothing injects flags')
})
