import { createServer } from 'node:http'
import express from 'express'
import type { ClavigerServer } from '../../src/server/index.ts'
import { placesOf } from './places.ts'

/**
 * A shop that has its Claviger in its own process. The routes of the shop come first. All others are Claviger's, or those
 * below the path of `CLAVIGER_URL`. Readers of bodies belong to the shop's routes: what they have read, Claviger cannot read.
 */
export function expressShop(claviger: Pick<ClavigerServer, 'node'>, path = '') {
  const app = express()
  app.get('/hello', (_request, response) => void response.json({ hello: 'you' }))
  app.post('/orders', express.json(), (request, response) => void response.status(201).json(request.body))
  for (const place of placesOf(path)) app.use(place, claviger.node)
  return createServer(app)
}
