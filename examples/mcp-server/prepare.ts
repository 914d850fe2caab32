import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { Example } from '../example.ts'
import { personFor } from '../person.ts'
import { notesApi } from './api.ts'

const PASSWORD = 'a writer of notes'
const MESSAGE = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_notes' } })

export const mcp: Example = {
  scopes: ['notes:read', 'notes:write'],
  audience: api => `${api}/mcp`,
  keyConsent: true,
  async prepare(world) {
    const owner = await personFor(world, 'writer', PASSWORD)
    const key = await issueKey(world, OPERATOR, {
      kind: 'api-key',
      userId: owner.id,
      name: 'Example',
      scopes: ['notes:read', 'notes:write'],
    })
    return { key: key.secret }
  },
  open: notesApi,
  calls: ({ api }, { key }) => [
    `bin/claviger mcp check ${api}/mcp`,
    `claude mcp add --transport http notes ${api}/mcp    # or any other client; sign in as writer, "${PASSWORD}", or give the key below`,
    `curl ${api}/mcp -H "X-API-Key: ${key}" -H "Content-Type: application/json" -H "Accept: application/json, text/event-stream" -d '${MESSAGE}'`,
  ],
}
