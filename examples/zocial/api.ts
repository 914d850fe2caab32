import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import express from 'express'
import type { Connection } from '../../src/guard/decide/options.ts'
import { authOf, guard } from '../../src/guard/express.ts'

/** Campaigns for partners, kept in a database. Reading needs `campaigns:read`, writing `campaigns:write`. */
export function campaignsApi(connection: Connection) {
  const campaigns = new DatabaseSync(':memory:')
  campaigns.exec('create table campaigns (id integer primary key, name text not null, made_by text not null)')
  const insert = campaigns.prepare('insert into campaigns (name, made_by) values (?, ?) returning id, name')
  insert.get('Summer sale', 'the house')
  insert.get('Autumn launch', 'the house')

  const app = express()
  const reading = guard({ ...connection, profile: 'zocial', scopes: 'campaigns:read' })
  const writing = guard({ ...connection, profile: 'zocial', scopes: 'campaigns:write' })
  app.get('/api/campaigns/', reading, (_request, response) => {
    response.json(campaigns.prepare('select id, name from campaigns order by id').all())
  })
  app.post('/api/campaigns/', writing, express.urlencoded({ extended: false }), (request, response) => {
    const { name } = request.body as { name?: unknown }
    if (typeof name !== 'string' || name === '')
      response.status(400).json({ error: 'invalid_request', error_description: 'A campaign needs a name' })
    else response.status(201).json(insert.get(name, authOf(request).subject?.handle ?? ''))
  })
  return { server: createServer(app), close: () => Promise.all([reading.close(), writing.close()]) }
}
