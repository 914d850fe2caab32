import type { Example } from '../example.ts'
import { personFor } from '../person.ts'
import { viewsApi } from './api.ts'

export const tokenapi: Example = {
  async prepare(world) {
    const user = await personFor(world, 'jpulgarin', 'GGGGGG')
    return { user: String(user.number) }
  },
  open: viewsApi,
  calls: ({ server, api }, { user }) => [
    `TOKEN=$(curl -s -d "username=jpulgarin&password=GGGGGG" ${server}/token/new.json | sed 's/.*"token": *"\\([^"]*\\)".*/\\1/')`,
    `curl -d "user=${user}&token=$TOKEN" ${api}/index.json`,
    `curl -u "${user}:$TOKEN" ${api}/profile.json`,
  ],
}
