import { hintOf, mintSecret } from '../crypto/credential-format.ts'
import type { Client, ClientSource, GrantTypeName, Policy } from '../model/client.ts'
import { Refusal } from '../model/refusal.ts'
import { isScope, type Scope } from '../model/scope.ts'
import { checkName, checkRedirectUri } from './client-rules.ts'
import type { Source, World } from './world.ts'

/** Makes a client. A confidential one gets a secret, which is shown in this answer and never again. */
export async function registerClient(needs: Needs, actor: string, ask: RegisterClient): Promise<RegisteredClient> {
  checkName(ask.name)
  const redirectUris = [...new Set(ask.redirectUris)]
  const policy = { ...needs.rules.policy, ...ask.policy }
  for (const uri of redirectUris) checkRedirectUri(uri, { outOfBand: policy.outOfBand, source: ask.source })
  const strange = ask.scopes.find(scope => !isScope(scope))
  if (strange !== undefined) throw new Refusal('scope-unknown', `not a scope: ${strange}`, { parameter: 'scope' })
  const grantTypes = ask.grantTypes ?? defaultGrants(ask.type, redirectUris)
  if (ask.type === 'public' && grantTypes.includes('client_credentials')) {
    throw new Refusal('parameter-invalid', 'public client with client_credentials', {
      parameter: 'grant_types',
      sentence: 'A public client has no secret and cannot use client_credentials.',
    })
  }
  if (grantTypes.includes('authorization_code') && redirectUris.length === 0) {
    throw new Refusal('parameter-missing', 'authorization_code without redirect address', {
      parameter: 'redirect_uris',
      sentence: 'The grant authorization_code needs at least one redirect address.',
    })
  }

  const now = needs.now()
  const secret = ask.type === 'confidential' ? mintSecret('cs') : undefined
  const client: Omit<Client, 'number'> = {
    id: mintSecret('cid'),
    name: ask.name,
    redirectUris,
    grantTypes,
    scopes: [...new Set(ask.scopes)],
    type: ask.type,
    policy: ask.type === 'public' ? { ...policy, pkce: 'required', consent: 'always' } : policy,
    source: ask.source,
    active: true,
    createdAt: now,
    secrets: secret ? [{ fingerprint: needs.vault.fingerprint(secret), hint: hintOf(secret), createdAt: now }] : [],
    ...(ask.website && { website: ask.website }),
    ...(ask.ownerId && { ownerId: ask.ownerId }),
  }
  const stored = await needs.clients.create(client, {
    at: now,
    event: 'created',
    about: 'client',
    aboutId: client.id,
    actor,
    clientId: client.id,
    ...(ask.ownerId && { userId: ask.ownerId }),
    ...ask.from,
  })
  return secret ? { client: stored, secret } : { client: stored }
}

const defaultGrants = (type: Client['type'], redirectUris: readonly string[]): GrantTypeName[] => {
  if (redirectUris.length > 0)
    return [
      'authorization_code',
      'refresh_token',
      ...(type === 'confidential' ? (['client_credentials'] as const) : []),
    ]
  return type === 'confidential' ? ['client_credentials'] : []
}

export type RegisterClient = {
  name: string
  website?: string
  redirectUris: string[]
  /** Absent: what fits the type and the redirect addresses. */
  grantTypes?: GrantTypeName[]
  scopes: Scope[]
  type: Client['type']
  ownerId?: string
  source: ClientSource
  policy?: Partial<Policy>
  from: Source
}
export type RegisteredClient = { client: Client; secret?: string }
type Needs = Pick<World, 'clients' | 'vault' | 'rules' | 'now'>
