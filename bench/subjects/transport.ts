import { type AppRow, type Owner, openApplication } from '../../src/http/application.ts'
import { readOn } from '../../src/http/place.ts'
import { openNodeServer } from '../../src/transport/node.ts'
import { openUnderWay } from '../../src/transport/under-way.ts'
import { form, offer } from '../ask.ts'

/* The way alone: transport and application around a row that decides nothing and answers a text. */

const owner: Owner = { name: 'bench', prefixes: ['/'], refuse: () => ({ status: 500 }) }
const row: AppRow = {
  at: readOn(['POST', '/']),
  of: 'bench',
  owner,
  cors: false,
  headRefused: false,
  handle: async request => {
    await request.load()
    return { status: 200, headers: { 'cache-control': 'no-store', 'content-type': 'application/json' }, body: '{}' }
  },
  refuse: owner.refuse,
}
const application = openApplication([row], [owner], {
  proxies: [],
  newId: () => 'id',
  onRefusal: () => {},
  onAnswer: () => {},
})
const server = openNodeServer(application, {
  draining: () => false,
  onError: error => console.error(error),
  underWay: openUnderWay(),
})
const port = await server.listen({ host: '127.0.0.1', port: 0 })
const fields = { grant_type: 'client_credentials', client_id: 'bench', client_secret: 'secret' }
offer({ url: `http://127.0.0.1:${port}`, asks: { transport: form('/', fields) } })
