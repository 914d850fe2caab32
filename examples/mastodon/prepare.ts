import type { Example } from '../example.ts'
import { personFor } from '../person.ts'
import { notificationsApi } from './api.ts'

export const mastodon: Example = {
  async prepare(world) {
    const user = await personFor(world, 'your_username', 'open sesame')
    return { user: user.handle, password: 'open sesame' }
  },
  open: notificationsApi,
  calls: ({ server, api }, { user, password }) => [
    `curl -X POST '${server}/api/v1/apps' -H 'Content-Type:application/json' -d '{"client_name":"your_app_name","redirect_uris":"urn:ietf:wg:oauth:2.0:oob","scopes":"read"}'`,
    `# open in a browser, with the client_id of the answer; sign in as ${user} with the password "${password}":\n${server}/oauth/authorize?client_id=CLIENT_ID&redirect_uri=urn:ietf:wg:oauth:2.0:oob&response_type=code`,
    `curl -X POST '${server}/oauth/token' -H 'Content-Type:application/json' -d '{"redirect_uri":"urn:ietf:wg:oauth:2.0:oob","client_id":"CLIENT_ID","client_secret":"CLIENT_SECRET","grant_type":"authorization_code","code":"CODE"}'`,
    `curl ${api}/api/v1/notifications -H 'Authorization: Bearer ACCESS_TOKEN'`,
  ],
}
