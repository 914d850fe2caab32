import type { Client } from '../../../model/clients/client.ts'
import { isHighRisk } from '../../../model/users/user.ts'
import type { DocumentClient } from '../../../ports/client-documents.ts'
import { declaredAmong } from '../../resources/scope-rules.ts'
import type { World } from '../../world.ts'
import type { ClientRegistration } from '../metadata/read-metadata.ts'
import { allowanceOf, canProveItself } from '../registration/terms.ts'

/**
 * Makes the client from its document. The client gets no grant type that works without a person and no reserved scope.
 * It keeps the policy and the limit of scopes that staff set. Scopes that are reserved or not declared here are dropped, not
 * refused, because one document serves many servers.
 */
export async function documentClient(
  needs: DocumentClientNeeds,
  { scopes = [], pushedRequests, grantTypes: _, website, ...read }: ClientRegistration,
  before?: Pick<Client, 'policy' | 'scopes'>,
): Promise<DocumentFields> {
  const { rules } = needs
  // Staff have limited the client to these.
  const limit = before?.policy.allowedScopes === 'registered' ? before.scopes : undefined
  const named = await declaredAmong(needs, scopes)
  return {
    ...read,
    website,
    grantTypes: [...allowanceOf(rules).grantTypes],
    scopes: limit ?? named.filter(scope => !isHighRisk(scope)),
    policy: {
      ...(before?.policy ?? rules.policy),
      allowedScopes: limit ? 'registered' : 'unreserved',
      ...(read.type === 'public' && { pkce: 'required' }),
      ...(!canProveItself(read) && { consent: 'always' }),
      ...(pushedRequests === 'required' && { pushedRequests }),
    },
  }
}

export type DocumentFields = Omit<DocumentClient, 'identityChangedAt' | 'reviewedAt' | 'website'> & {
  website: string | undefined
}
export type DocumentClientNeeds = Pick<World, 'rules' | 'resources' | 'scopes'>
