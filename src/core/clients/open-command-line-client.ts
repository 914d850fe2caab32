import type { NewClient } from '../../model/clients/client.ts'
import { COMMAND_LINE_CLIENT } from '../../model/clients/command-line-client.ts'
import { aboutClient, entry } from '../../model/journal.ts'
import { SYSTEM } from '../../model/users/actor.ts'
import { ROLES } from '../../model/users/user.ts'
import type { World } from '../world.ts'

/**
 * Makes the client of `claviger login` at its first use. The client may request the scopes of all roles. A person can
 * grant only their own scopes, and is asked each time. Staff can disable the client like any application.
 */
export async function openCommandLineClient(needs: OpenCommandLineNeeds, clientId: string): Promise<void> {
  if (clientId !== COMMAND_LINE_CLIENT || (await needs.lookups.client(clientId))) return
  const at = needs.now()
  const client: NewClient = {
    id: COMMAND_LINE_CLIENT,
    name: 'Claviger command line',
    // The port may differ (RFC 8252 section 7.3).
    redirectUris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
    grantTypes: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    scopes: [...ROLES.owner],
    type: 'public',
    policy: { ...needs.rules.policy, pkce: 'required', consent: 'always' },
    source: 'operator',
    active: true,
    metadata: {},
    createdAt: at,
    secrets: [],
  }
  try {
    await needs.clients.create(client, entry(SYSTEM, 'created', aboutClient(client), { at }))
  } catch (error) {
    // A concurrent request has made the client.
    if (!(await needs.clients.byId(clientId))) throw error
  }
}

export type OpenCommandLineNeeds = Pick<World, 'clients' | 'lookups' | 'rules' | 'now'>
