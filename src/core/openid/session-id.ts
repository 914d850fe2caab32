import type { Client } from '../../model/client.ts'
import type { World } from '../world.ts'

/**
 * The `sid` of a session for one client: always the same, another for each client, and no secret. Grants name their session
 * (`Grant.sessionId`), so those of a `sid` are found among the grants of its client and person.
 */
export const sessionIdFor = ({ vault }: Pick<World, 'vault'>, sessionId: string, { id }: Pick<Client, 'id'>): string =>
  vault.mac('sid', `${sessionId} ${id}`)
