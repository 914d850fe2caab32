import type { Client } from '../../../model/client.ts'
import { isFarReaching } from '../../../model/user.ts'
import type { DocumentClient } from '../../../ports/client-documents.ts'
import type { World } from '../../world.ts'
import type { ClientRegistration } from '../metadata/read-metadata.ts'
import { allowanceOf, canProveItself } from '../registration/terms.ts'

/**
 * What a document makes of its client: no grant without a person, no scope that is reserved, and what staff settled for it
 * before stays. Reserved scopes are dropped, because one document serves many servers.
 */
export function documentClient(
  { rules }: DocumentClientNeeds,
  { scopes, pushedRequests, grantTypes: _, website, ...read }: ClientRegistration,
  before?: Pick<Client, 'policy'>,
): DocumentFields {
  return {
    ...read,
    website,
    grantTypes: [...allowanceOf(rules).grantTypes],
    scopes: (scopes ?? []).filter(scope => !isFarReaching(scope)),
    policy: {
      ...(before?.policy ?? rules.policy),
      allowedScopes: scopes ? 'registered' : 'unreserved',
      ...(read.type === 'public' && { pkce: 'required' }),
      ...(!canProveItself(read) && { consent: 'always' }),
      ...(pushedRequests === 'required' && { pushedRequests }),
    },
  }
}

/** What people recognise a client by when they are asked, and by what it proves itself. */
export const isIdentity = (field: keyof Client, before: Client, after: DocumentFields): boolean => {
  if (field !== 'metadata') return field === 'name' || field === 'redirectUris' || field === 'type'
  const keys = ({ metadata }: Pick<Client, 'metadata'>) =>
    JSON.stringify([metadata.jwks, metadata.jwksUri, metadata.names])
  return keys(before) !== keys(after)
}

export type DocumentFields = Omit<DocumentClient, 'identityChangedAt' | 'reviewedAt' | 'website'> & {
  website: string | undefined
}
export type DocumentClientNeeds = Pick<World, 'rules'>
