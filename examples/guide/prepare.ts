import { registerClient } from '../../src/core/clients/register-client.ts'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { Example } from '../example.ts'
import { personFor } from '../person.ts'
import { guideApi } from './api.ts'

export const guide: Example = {
  async prepare(world) {
    const { client, secret = '' } = await registerClient(world, OPERATOR, {
      name: 'Nightly report',
      redirectUris: [],
      scopes: ['users:read'],
      type: 'confidential',
      source: 'operator',
    })
    const owner = await personFor(world, 'developer', 'a developer of the guide', ['data:read'])
    const key = await issueKey(world, OPERATOR, {
      kind: 'api-key',
      userId: owner.id,
      name: 'Example',
      scopes: ['data:read'],
    })
    return { clientId: client.id, clientSecret: secret, key: key.secret }
  },
  open: guideApi,
  calls: ({ server, api }, { clientId, clientSecret, key }) => [
    `TOKEN=$(curl -s ${server}/oauth2/token -d "grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}" | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `curl ${api}/v1/users -H "Authorization: Bearer $TOKEN"`,
    `curl ${api}/v1/data -H "X-API-Key: ${key}"`,
  ],
}
