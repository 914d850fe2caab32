import type { Client } from '../../model/clients/client.ts'
import type { Principal } from '../../model/credentials/verdict.ts'
import type { User } from '../../model/users/user.ts'
import type { World } from '../world.ts'
import { sectorOf } from './sector.ts'

/**
 * The `sub` by which a client knows a person (OpenID Connect Core section 8): the id of the user or, for a pairwise
 * client, an id that differs between sectors. It stays the same while the master key and the sector do not change.
 */
export const subjectFor = ({ vault }: Needs, client: SubjectClient, { id }: Pick<User, 'id'>): string =>
  isPairwise(client) ? vault.mac('pairwise subject', JSON.stringify([sectorOf(client), id])) : id

export const isPairwise = ({ metadata }: Pick<Client, 'metadata'>): boolean => metadata.subjectType === 'pairwise'

/** The principal as the client of the credential may see it. A pairwise client does not learn which account it is. */
export async function asItsClientSees(needs: Needs & Pick<World, 'lookups'>, principal: Principal): Promise<Principal> {
  const { subject, client: { id } = {}, ...facts } = principal
  const client = id === undefined ? undefined : await needs.lookups.client(id)
  if (!subject || !client || !isPairwise(client)) return principal
  return { ...facts, client: { id: client.id, name: client.name }, pairwiseSubject: subjectFor(needs, client, subject) }
}

export type SubjectClient = Pick<Client, 'id' | 'redirectUris' | 'metadata'>
type Needs = Pick<World, 'vault'>
