import type { Client, GrantTypeName } from '../../../model/client.ts'
import { OPENID_SCOPES } from '../../../model/openid.ts'
import type { Scope } from '../../../model/scope.ts'
import { isFarReaching } from '../../../model/user.ts'
import type { DocumentClient } from '../../../ports/client-documents.ts'
import type { World } from '../../world.ts'
import type { ClientRegistration } from '../metadata/read-metadata.ts'

/** What a document makes of its client: no grant without a person, no scope that is reserved, and what staff settled for it before stays. */
export async function documentClient(
  needs: DocumentClientNeeds,
  read: ClientRegistration,
  before?: Pick<Client, 'policy'>,
): Promise<DocumentFields> {
  const { rules } = needs
  const scopes = (read.scopes ?? (await everyScope(needs))).filter(scope => !isFarReaching(scope))
  return {
    name: read.name,
    website: read.website,
    redirectUris: read.redirectUris,
    type: read.type,
    grantTypes: GRANTS,
    scopes,
    policy: {
      ...(before?.policy ?? rules.policy),
      ...(read.type === 'public' && { pkce: 'required', consent: 'always' }),
      ...(read.pushedRequests === 'required' && { pushedRequests: 'required' }),
    },
    metadata: read.metadata,
  }
}

const GRANTS: GrantTypeName[] = ['authorization_code', 'refresh_token']

async function everyScope({ resources, scopes, rules }: DocumentClientNeeds): Promise<Scope[]> {
  const [apis, texts] = await Promise.all([resources.list(), scopes.list()])
  return [
    ...new Set([
      ...(rules.openid ? OPENID_SCOPES : []),
      ...apis.flatMap(api => api.scopes),
      ...texts.map(({ scope }) => scope),
      ...rules.knownScopes,
    ]),
  ]
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
export type DocumentClientNeeds = Pick<World, 'resources' | 'scopes' | 'rules'>
