import type { Example } from '../example.ts'
import { modelsApi } from './api.ts'

export const zebbra: Example = {
  // People register themselves.
  prepare: async () => ({}),
  open: modelsApi,
  calls: ({ server, api }) => [
    `curl -X POST ${server}/register -H 'Content-Type: application/json' -d '{"username":"charlie@example.com","first_name":"Charlie","last_name":"Brown","new_workspace_name":"Peanuts","password":"secret"}'`,
    `TOKEN=$(curl -s ${server}/token -d "username=charlie@example.com&password=secret" | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `curl -X POST ${api}/models -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"name":"Budget","workspace":"Peanuts"}'`,
    `curl ${api}/models -H "Authorization: Bearer $TOKEN"`,
  ],
}
