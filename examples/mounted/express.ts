import { createServer } from 'node:http'
import express from 'express'
import type { ClavigerServer } from '../../src/server/index.ts'

/**
 * A shop that has its Claviger in its own process. The routes of the shop come first and all others are Claviger's, which
 * serves from the root of its host. Readers of bodies belong to the shop's routes: what they have read, Claviger cannot read.
 */
export function expressShop(claviger: Pick<ClavigerServer, 'node'>) {
  const app = express()
  app.get('/hello', (_request, response) => void response.json({ hello: 'you' }))
  app.post('/orders', express.json(), (request, response) => void response.status(201).json(request.body))
  app.use(claviger.node)
  return createServer(app)
}
