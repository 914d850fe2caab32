import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { serve } from '@hono/node-server'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import * as json from '../../src/guard/answer/json-answers.ts'
import type { Checker } from '../../src/guard/remote/checker.ts'
import { requireToken } from '../../src/guard/tokenapi.ts'
import { requireToken as requireTokenExpress } from '../../src/guard/tokenapi-express.ts'
import { readForms, requireToken as requireTokenFastify } from '../../src/guard/tokenapi-fastify.ts'
import { requireToken as requireTokenHono } from '../../src/guard/tokenapi-hono.ts'
import { issue, person } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* django-tokenapi's `token_required` and its answer helpers, the same on every framework. The view is the one of the document. */

const view = (request: { method?: string }) =>
  request.method === 'POST'
    ? json.JsonResponse({ test1: 49, test2: 'awesome' })
    : json.JsonError('Only POST is allowed')

class Counter {
  #count = 0
  get() {
    return json.JsonResponse([++this.#count])
  }
}

type Running = { url: string; close(): Promise<void> }
const SHELLS: Record<string, (server: Checker) => Promise<Running>> = {
  async express(server) {
    const tokenRequired = requireTokenExpress({ server })
    const app = express()
    app.all('/index.json', tokenRequired(view))
    app.all('/counter.json', tokenRequired(Counter))
    return opened(app.listen(0, '127.0.0.1'))
  },
  async 'express with a body parser'(server) {
    const tokenRequired = requireTokenExpress({ server })
    const app = express()
    app.use(express.urlencoded({ extended: false }))
    app.all('/index.json', tokenRequired(view))
    app.all('/counter.json', tokenRequired(Counter))
    return opened(app.listen(0, '127.0.0.1'))
  },
  async fastify(server) {
    const tokenRequired = requireTokenFastify({ server })
    const app = fastify()
    readForms(app)
    app.all('/index.json', tokenRequired(view))
    app.all('/counter.json', tokenRequired(Counter))
    return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() }
  },
  async hono(server) {
    const tokenRequired = requireTokenHono({ server })
    const app = new Hono()
    app.all(
      '/index.json',
      tokenRequired(c => view(c.req)),
    )
    app.all('/counter.json', tokenRequired(Counter))
    return opened(serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }))
  },
  async fetch(server) {
    const tokenRequired = requireToken({ server })
    const [index, counter] = [tokenRequired(view), tokenRequired(Counter)]
    const route = (request: Request) => (request.url.includes('/counter.json') ? counter(request) : index(request))
    return opened(serve({ fetch: route, port: 0, hostname: '127.0.0.1' }))
  },
}

async function opened(server: {
  listening: boolean
  address(): unknown
  close(done: () => void): unknown
}): Promise<Running> {
  if (!server.listening) await once(server as never, 'listening')
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      ;(server as { closeAllConnections?: () => void }).closeAllConnections?.()
    })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

const MISSING = { success: false, errors: "Must include 'user' and 'token' parameters with request." }
const WRONG = { success: false, errors: 'Incorrect user and token pair.' }

for (const [framework, start] of Object.entries(SHELLS)) {
  suite(`token_required on ${framework}`, () => {
    let server: TestServer
    let api: Running
    let user: string
    let token: string
    before(async () => {
      server = await testServer()
      api = await start(server)
      const { presented } = await issue(server.world, 'token-pair', await person(server.world))
      ;[user = '', token = ''] = presented.split(':')
    })
    after(async () => {
      await api.close()
      await server[Symbol.asyncDispose]()
    })

    const ask = async (init: RequestInit & { query?: string; path?: string } = {}) => {
      const answer = await fetch(`${api.url}${init.path ?? '/index.json'}${init.query ?? ''}`, init)
      assert.equal(answer.headers.get('content-type'), 'application/json')
      assert.equal(answer.headers.get('www-authenticate'), null)
      return { status: answer.status, body: await answer.json() }
    }
    const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })
    const basic = (text: string) => ({ headers: { authorization: `Basic ${btoa(text)}` } })
    const success = { status: 200, body: { test1: 49, test2: 'awesome', success: true } }
    const onlyPost = { status: 200, body: { success: false, errors: 'Only POST is allowed' } }

    test('TA-14: the pair in a form body opens the view, and its answer says success', async () => {
      assert.deepEqual(await ask(form({ user, token })), success)
    })
    test('the pair in a multipart body opens the view', async () => {
      const body = new FormData()
      body.set('user', user)
      body.set('token', token)
      assert.deepEqual(await ask({ method: 'POST', body }), success)
    })
    test('TA-13: the pair in the query opens the view; the error of the document is a 200', async () => {
      assert.deepEqual(await ask({ query: `?user=${user}&token=${token}` }), onlyPost)
    })
    test('one half in the form and the other in the query are one pair', async () => {
      assert.deepEqual(await ask({ ...form({ user }), query: `?token=${token}` }), success)
    })
    test('TA-12: the pair in a Basic header opens the view, in any letter case and with extra spaces', async () => {
      assert.deepEqual(await ask(basic(`${user}:${token}`)), onlyPost)
      const spaced = { headers: { authorization: `basic   ${btoa(`${user}:${token}`)}` } }
      assert.deepEqual(await ask(spaced), onlyPost)
    })
    test('TA-15: nothing, another scheme and an empty user are missing credentials', async () => {
      const missing = { status: 401, body: MISSING }
      assert.deepEqual(await ask(), missing)
      assert.deepEqual(await ask({ headers: { authorization: 'Bearer sometoken' } }), missing)
      assert.deepEqual(await ask(basic(`:${token}`)), missing)
    })
    test('TA-18: another scheme does not disturb a good pair in the query', async () => {
      const answer = await ask({
        query: `?user=${user}&token=${token}`,
        headers: { authorization: 'Bearer sometoken' },
      })
      assert.deepEqual(answer, onlyPost)
    })
    test('a wrong token, another user and a user that is no number are refused alike', async () => {
      for (const pair of [
        { user, token: `${token}x` },
        { user: '999999', token },
        { user: 'abc', token },
        { user: '99999999999999999999999999', token },
      ])
        assert.deepEqual(await ask(form(pair)), { status: 403, body: WRONG })
    })
    test('bad parameters win over a good header; half a pair leaves it to the header', async () => {
      const good = basic(`${user}:${token}`)
      assert.deepEqual(await ask({ ...good, query: `?user=${user}&token=wrong` }), { status: 403, body: WRONG })
      assert.deepEqual(await ask({ ...good, query: `?user=${user}` }), onlyPost)
      assert.deepEqual(await ask({ ...good, query: `?user=${user}&token=` }), onlyPost)
    })
    test('TA-09, TA-10 and TA-11: a malformed Basic header is a 400 that says what is wrong', async () => {
      const format = { status: 400, body: { success: false, errors: 'Invalid Authorization header format.' } }
      const encoding = { status: 400, body: { success: false, errors: 'Invalid Basic auth encoding.' } }
      assert.deepEqual(await ask({ headers: { authorization: 'Basic' } }), format)
      assert.deepEqual(await ask({ headers: { authorization: 'Basic !!!notbase64!!!' } }), encoding)
      assert.deepEqual(await ask(basic('useronly')), encoding)
      assert.deepEqual(await ask({ headers: { authorization: `Basic ${btoa('\xff\xfe:x')}` } }), encoding)
    })
    test('a JSON body is never read for credentials', async () => {
      const json = {
        method: 'POST',
        body: JSON.stringify({ user, token }),
        headers: { 'content-type': 'application/json' },
      }
      assert.deepEqual(await ask(json), { status: 401, body: MISSING })
    })
    test('a class is a view: made anew for each request, lists pass as they are, other methods are a 405', async () => {
      const query = `?user=${user}&token=${token}`
      assert.deepEqual(await ask({ path: '/counter.json', query }), { status: 200, body: [1] })
      assert.deepEqual(await ask({ path: '/counter.json', query }), { status: 200, body: [1] })
      const other = await ask({ path: '/counter.json', query, method: 'PUT' })
      assert.deepEqual(other, { status: 405, body: { success: false, errors: 'Method not allowed.' } })
    })
  })
}

test('each named helper answers with its status, and success is not claimed where there are errors', () => {
  assert.equal(json.JsonResponse({ errors: 'x' }).text, '{"errors":"x"}')
  assert.equal(json.JsonResponse({ a: 1 }).text, '{"a":1,"success":true}')
  assert.equal(json.JsonResponse([1, 2]).text, '[1,2]')
  const named = [
    [json.JsonError, 200],
    [json.JsonResponseBadRequest, 400],
    [json.JsonResponseUnauthorized, 401],
    [json.JsonResponseForbidden, 403],
    [json.JsonResponseNotFound, 404],
    [json.JsonResponseNotAllowed, 405],
    [json.JsonResponseNotAcceptable, 406],
  ] as const
  for (const [helper, status] of named) {
    assert.equal(helper('no').status, status)
    assert.equal(helper('no').text, '{"success":false,"errors":"no"}')
  }
})
