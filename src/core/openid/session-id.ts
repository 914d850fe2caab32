import type { Client } from '../../model/clients/client.ts'
import type { World } from '../world.ts'

/**
 * The `sid` of a session for one client. It never changes, differs between clients and is not secret. To find the
 * grants for a `sid`, search the grants of its client and person: each grant names its session (`Grant.sessionId`).
 */
export const sessionIdFor = ({ vault }: Pick<World, 'vault'>, sessionId: string, { id }: Pick<Client, 'id'>): string =>
  vault.mac('sid', `${sessionId} ${id}`)
