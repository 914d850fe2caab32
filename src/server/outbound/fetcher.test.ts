import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer as createHttp, type RequestListener } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { generate } from 'selfsigned'
import { isPublicAddress, readOutboundAllow } from './allowed-address.ts'
import { openFetcher } from './fetcher.ts'

const LOOPBACK = readOutboundAllow(['127.0.0.0/8'])

async function serve(listener: RequestListener, tls?: { key: string; cert: string }) {
  const server = (tls ? createHttps(tls, listener) : createHttp(listener)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
function fetcher(options: Partial<Parameters<typeof openFetcher>[0]> = {}) {
  const one = openFetcher({ allow: LOOPBACK, ...options })
  return { ...one, [Symbol.asyncDispose]: one.close }
}
const ask = (url: string, namedBy: 'staff' | 'client' = 'staff') => ({ url, namedBy, mostBytes: 5120 })

test('no form of an address reaches a special-use network', async () => {
  let reached = 0
  await using server = await serve((_request, response) => {
    reached++
    response.end('secret')
  })
  await using own = fetcher()
  const hosts = [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '127.0.1',
    '0',
    '0.0.0.0',
    '127.0.0.1.',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001::1]',
    '[fe80::1]',
    '[fc00::1]',
    '169.254.169.254',
    '100.64.0.1',
    '10.0.0.1',
    '192.168.0.1',
    '172.16.0.1',
    '198.18.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '255.255.255.255',
    '①②⑦.0.0.1',
  ] // prettier-ignore
  for (const host of hosts) {
    const answer = await own.send(ask(`http://${host}:${server.port}/`, 'client'))
    assert.equal(answer.is, 'not-allowed', `${host}: ${JSON.stringify(answer)}`)
  }
  assert.equal(reached, 0)
})

test('what staff entered may be on the list of the operator; what a client names in development only', async () => {
  await using server = await serve((_request, response) => void response.end('hello'))
  const url = `http://127.0.0.1:${server.port}/`
  await using own = fetcher()
  assert.deepEqual((await own.send(ask(url))).is, 'answer')
  assert.equal((await own.send(ask(url, 'client'))).is, 'not-allowed')
  await using development = fetcher({ namedByClients: LOOPBACK })
  assert.equal((await development.send(ask(url, 'client'))).is, 'answer')
  await using byPort = fetcher({
    allow: readOutboundAllow([`hooks.example:${server.port}`]),
    resolve: async () => ['127.0.0.1'],
  })
  assert.equal((await byPort.send(ask(`http://hooks.example:${server.port}/`))).is, 'answer')
  assert.equal((await byPort.send(ask(`http://hooks.example:${server.port === 1 ? 2 : 1}/`))).is, 'not-allowed')
})

test('a name is resolved once, and one unfit address among its addresses is enough to refuse', async () => {
  await using server = await serve((_request, response) => void response.end('secret'))
  let asked = 0
  const answers = [['93.184.216.34', '10.0.0.1'], ['127.0.0.1']]
  await using own = fetcher({ allow: () => false, resolve: async () => answers[asked++] ?? ['127.0.0.1'] })
  const answer = await own.send(ask(`http://rebind.example:${server.port}/`, 'client'))
  assert.equal(answer.is, 'not-allowed')
  assert.equal(asked, 1)
})

test('redirects are not followed, and long or endless answers are cut', async () => {
  await using server = await serve((request, response) => {
    if (request.url === '/away') return void response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    response.write('x'.repeat(5000))
    const more = setInterval(() => response.write('y'.repeat(1000)), 1)
    response.on('close', () => clearInterval(more))
  })
  await using own = fetcher()
  const moved = await own.send(ask(`http://127.0.0.1:${server.port}/away`))
  assert.ok(moved.is === 'answer' && moved.status === 302)
  assert.equal((await own.send(ask(`http://127.0.0.1:${server.port}/endless`))).is, 'too-large')
})

test('a server that never answers holds a request for seconds, and one host a few of them', async () => {
  await using server = await serve(() => {})
  await using own = fetcher()
  const url = `http://127.0.0.1:${server.port}/`
  const all = await Promise.all(Array.from({ length: 6 }, () => own.send(ask(url))))
  assert.deepEqual(all.map(({ is }) => is).sort(), [
    'busy',
    'busy',
    'unreachable',
    'unreachable',
    'unreachable',
    'unreachable',
  ])
  assert.equal((await own.send(ask('http://127.0.0.1:1/'))).is, 'unreachable', 'there is room again')
})

test('proxies that the environment names are not used: they would look the name up again', async () => {
  let reached = 0
  await using proxy = await serve((_request, response) => {
    reached++
    response.end('proxied')
  })
  await using server = await serve((_request, response) => void response.end('direct'))
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'] as const
  for (const name of names) process.env[name] = `http://127.0.0.1:${proxy.port}`
  process.env['NODE_USE_ENV_PROXY'] = '1'
  try {
    await using own = fetcher()
    const answer = await own.send(ask(`http://127.0.0.1:${server.port}/`))
    assert.equal(answer.is === 'answer' && Buffer.from(answer.body).toString(), 'direct')
    assert.equal(reached, 0)
  } finally {
    for (const name of [...names, 'NODE_USE_ENV_PROXY']) delete process.env[name]
  }
})

test('a name server that never answers holds a request for seconds', async () => {
  await using own = fetcher({ resolve: () => new Promise(() => {}) })
  assert.equal((await own.send(ask('https://silent.example/'))).is, 'unreachable')
})

test('TLS is verified for the name that was asked for', async () => {
  const keys = await generate([{ name: 'commonName', value: 'docs.example' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'docs.example' }] }],
  })
  await using server = await serve((_request, response) => void response.end('{}'), {
    key: keys.private,
    cert: keys.cert,
  })
  await using own = fetcher({ resolve: async () => ['127.0.0.1'] })
  const right = `https://docs.example:${server.port}/client`
  assert.equal((await own.send(ask(right))).is, 'unreachable', 'the certificate is not trusted yet')
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, keys.cert])
  try {
    assert.deepEqual(await own.send(ask(right)).then(({ is }) => is), 'answer')
    assert.equal((await own.send(ask(`https://other.example:${server.port}/client`))).is, 'unreachable')
  } finally {
    setDefaultCACertificates(before)
  }
})

test('an address is public or it is not, in every notation', () => {
  for (const address of ['8.8.8.8', '93.184.216.34', '2606:4700::1111']) assert.ok(isPublicAddress(address), address)
  for (const address of ['::7f00:1', '192.31.196.1', 'fe80::1%eth0', '', 'localhost', '5f00::1', '3fff::1'])
    assert.ok(!isPublicAddress(address), address)
})
