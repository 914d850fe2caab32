/* What the types of the shells promise beyond the samples; compiled against the packed package. */

export const MORE_TYPES = `
import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { fastify, type FastifyRequest } from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { guard as web } from '@claviger/guard'
import { authOf, guard, requireKind, requireScopes } from '@claviger/guard/express'
import * as forFastify from '@claviger/guard/fastify'
import { guard as forHono } from '@claviger/guard/hono'
import { guard as forKoa } from '@claviger/guard/koa'
import { withAuth } from '@claviger/guard/next'
import { guard as forNode } from '@claviger/guard/node'

// Express: the route knows its guard, and keeps its other types.
const app = express()
app.get('/a/:id', guard({ scopes: 'read' }), (request, response) => {
  const known: string = request.params.id + request.auth.credentialId
  response.json({ known, local: response.locals['any'] })
})
app.get('/b', express.json(), guard(), requireScopes('write'), requireKind('api-key'), async (request, response) => {
  response.json(request.auth.kind)
})
app.route('/c').get(guard(), (request, response) => void response.json(request.auth.kind))
Router().get('/d', guard(), (request, response) => void response.json(request.auth.kind))
app.get('/person', guard({ user: 'required' }), (request, response) => void response.json(request.auth.subject.handle))
app.get('/keys', guard({ kinds: ['api-key'] }), (request, response) => {
  const kind: 'api-key' = request.auth.kind
  response.json([kind, request.auth.subject.handle])
})
app.get('/optional', guard({ credential: 'optional' }), (request, response) => {
  // @ts-expect-error without a credential there is none
  response.json(request.auth.kind)
})
app.get('/unguarded', (request, response) => {
  // @ts-expect-error no guard stands before it
  response.json(request.auth.kind)
})
const own: RequestHandler = (_request, _response, next) => next()
const named = (request: Request, response: Response) => void response.json(authOf(request).kind)
const list: RequestHandler[] = [guard(), own]
app.use(guard())
app.use('/e', guard({ scopes: ['read'] as const }), Router())
app.get('/f', guard(), own, named)
app.get('/g', ...list, named)
app.post<{ id: string }, string, { count: number }>('/h/:id', guard(), (request, response) => {
  response.json(authOf(request).kind + request.params.id + request.body.count)
})

// Fastify: any hook of a route.
const api = fastify()
api.get('/a', { onRequest: forFastify.guard() }, async request => request.auth.kind)
api.get('/b', { preHandler: [forFastify.guard()], schema: { response: {} } }, async request => request.auth.kind)
api.route({ method: 'GET', url: '/c', onRequest: forFastify.guard(), handler: async request => request.auth.kind })
api.get('/d', { onRequest: forFastify.guard(), config: { rate: 1 } }, async request => forFastify.authOf(request).kind)
api.get<{ Params: { id: string } }>('/e/:id', { onRequest: forFastify.guard() }, async request => {
  return forFastify.authOf(request).kind + request.params.id
})
api.get('/f', { onRequest: forFastify.guard({ credential: 'optional' }) }, async request => {
  // @ts-expect-error without a credential there is none
  return request.auth.kind
})
api.get('/g', async request => {
  // @ts-expect-error no guard stands before it
  return request.auth.kind
})
api.addHook('onRequest', forFastify.guard())
api.register(forFastify.guardPlugin, { scopes: 'read' })
const handler = async (request: FastifyRequest) => forFastify.authOf(request).kind
api.get('/h', { onRequest: forFastify.guard() }, handler)

// Hono and Koa: the chain knows.
new Hono().use(forHono()).get('/a', c => c.text(c.var.auth.kind))
new Hono().get('/b', forHono({ user: 'required' }), c => c.text(c.var.auth.subject.handle))
new Hono().get('/c', forHono({ credential: 'optional' }), c => {
  // @ts-expect-error without a credential there is none
  return c.text(c.var.auth.kind)
})
new Koa<{ own: string }>().use(forKoa()).use(context => {
  context.body = context.state.own + context.state.auth.kind
})
new Koa<{ own: string }>().use(forKoa({ credential: 'optional' })).use(context => {
  // @ts-expect-error without a credential there is none
  context.body = context.state.auth.kind
})

// The second argument of Next and of web handlers, the third of node:http.
export const GET = withAuth((_request, auth) => Response.json(auth.subject.handle), { user: 'required' })
export const POST = withAuth(
  async (_request, auth, { params }: { params: Promise<{ id: string }> }) => Response.json([auth.kind, (await params).id]),
)
// @ts-expect-error without a credential there is none
export const PUT = withAuth((_request, auth) => Response.json(auth.kind), { credential: 'optional' })
web()((_request, auth) => Response.json(auth.kind))
forNode()((_request, response, auth) => response.end(auth.kind))
// @ts-expect-error there is no such setting
web({ scope: 'read' })
`
