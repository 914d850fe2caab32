import type { Client, ResourceServer } from '../../model/clients/client.ts'
import { type Credential, type CredentialKind, KINDS } from '../../model/credentials/credential.ts'
import type { Act } from '../../model/users/actor.ts'
import type { OperationName } from '../../model/users/permissions.ts'
import type { User } from '../../model/users/user.ts'
import { permits } from '../authority.ts'
import type { World } from '../world.ts'

const SHOWN = (Object.keys(KINDS) as CredentialKind[]).filter(kind => KINDS[kind].bearer || kind === 'refresh-token')

/**
 * Finds a few users, applications, credentials and APIs by a part of their names: all that the reader may list,
 * otherwise only the reader's own.
 */
export async function findThings(needs: Needs, act: Act, ask: FindThings): Promise<Things> {
  const { text: search, most } = ask
  const { by } = act
  const page = { limit: most }
  /** The owner to search for: undefined for all owners, `'none'` for no result. */
  const whose = (operation: OperationName): string | undefined => {
    if (permits(by, operation)) return undefined
    return by.is === 'user' && by.scopes === undefined ? by.user.id : 'none'
  }
  const [clientsOf, credentialsOf] = [whose('listClients'), whose('listCredentials')]
  const named = search.toLowerCase()
  const [users, clients, credentials, resources] = await Promise.all([
    whose('listUsers') === undefined ? needs.users.list({ search, ...page }) : NONE,
    clientsOf === 'none' ? NONE : needs.clients.list({ search, ...(clientsOf && { ownerId: clientsOf }) }, page),
    credentialsOf === 'none'
      ? NONE
      : needs.credentials.list({ search, kinds: SHOWN, ...(credentialsOf && { userId: credentialsOf }) }, page),
    needs.resources.list(),
  ])
  return {
    users: users.items,
    clients: clients.items.filter(({ source }) => source !== 'resource-server'),
    credentials: credentials.items,
    resources: resources
      .filter(({ name, audience }) => `${name} ${audience}`.toLowerCase().includes(named))
      .slice(0, most),
  }
}

const NONE = { items: [] }

export type FindThings = { text: string; most: number }
export type Things = {
  users: readonly User[]
  clients: readonly Client[]
  credentials: readonly Credential[]
  resources: readonly ResourceServer[]
}
type Needs = Pick<World, 'users' | 'clients' | 'credentials' | 'resources'>
