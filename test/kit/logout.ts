import type { ClientMetadata } from '../../src/model/clients/client-metadata.ts'
import { addClient } from './cast.ts'
import type { Person } from './person.ts'
import type { TestServer } from './server.ts'

export const AFTER = 'https://app.example/signed-out?from=claviger'

/** A client of OpenID Connect with an address for the browser after signing out. */
export const application = (server: TestServer, metadata: ClientMetadata = {}) =>
  addClient(server.world, {
    scopes: ['openid', 'read', 'offline_access'],
    metadata: { postLogoutRedirectUris: [AFTER], ...metadata },
  })

export const leave = (who: Person, query: Record<string, string>) =>
  who.visit(`/oauth2/logout?${new URLSearchParams(query)}`)
