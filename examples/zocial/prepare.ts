import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { Example } from '../example.ts'
import { personFor } from '../person.ts'
import { campaignsApi } from './api.ts'

export const zocial: Example = {
  async prepare(world) {
    const partner = await personFor(world, 'partner', 'a partner who needs no password', ['campaigns:read'])
    const { secret } = await issueKey(world, OPERATOR, {
      kind: 'application-token',
      userId: partner.id,
      name: 'Example',
    })
    return { token: secret }
  },
  open: campaignsApi,
  calls: ({ api }, { token }) => [
    `curl -X GET "${api}/api/campaigns/" -H "Authorization: Bearer ${token}" -H "Content-Type: application/x-www-form-urlencoded"`,
    `curl -X GET "${api}/api/campaigns/"`,
  ],
}
