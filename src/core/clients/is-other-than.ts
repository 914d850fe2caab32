import { isDeepStrictEqual } from 'node:util'
import type { Client } from '../../model/clients/client.ts'
import type { ClientMetadata } from '../../model/clients/client-metadata.ts'

/**
 * True if people could take the changed client for another application, or if it authenticates in another way. Consent
 * to what it was before is then not remembered.
 */
export const isOtherThan = (client: Client, { name, redirectUris, type, metadata }: Partial<Identity>): boolean =>
  (name !== undefined && name !== client.name) ||
  (redirectUris !== undefined && !isDeepStrictEqual(redirectUris, client.redirectUris)) ||
  (type !== undefined && type !== client.type) ||
  (metadata !== undefined && !isDeepStrictEqual(identityOf(metadata), identityOf(client.metadata)))

const identityOf = ({ jwks, jwksUri, names }: ClientMetadata) => ({ jwks, jwksUri, names })

type Identity = Pick<Client, 'name' | 'redirectUris' | 'type' | 'metadata'>
