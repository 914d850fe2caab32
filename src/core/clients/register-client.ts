import { hintOf, mintSecret } from '../../crypto/credential-format.ts'
import type { Client, ClientSource, GrantTypeName, NewClient } from '../../model/clients/client.ts'
import type { ClientMetadata } from '../../model/clients/client-metadata.ts'
import { aboutClient, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import type { Act } from '../../model/users/actor.ts'
import { isManagementScope } from '../../model/users/user.ts'
import { checkHandOut, isOwn, requirePermission } from '../authority.ts'
import { checkSector, type SectorNeeds } from '../openid/sector.ts'
import { checkDeclared, type ScopeNeeds } from '../resources/scope-rules.ts'
import type { World } from '../world.ts'
import { changePolicy, namedIn, type PolicyChange } from './change-policy.ts'
import { checkRegistration } from './client-rules.ts'
import { provesBySecret } from './proves-by-secret.ts'

/** Makes a client. The secret of a confidential client is returned only here. */
export async function registerClient(needs: Needs, act: Act, ask: RegisterClient): Promise<RegisteredClient> {
  const { by } = act
  if (by.is === 'self-registration') refuseManagement(ask.scopes)
  else {
    if (!isOwn(by, ask.ownerId)) requirePermission(by, 'createClient')
    checkHandOut(by, ask.scopes)
  }
  const redirectUris = [...new Set(ask.redirectUris)]
  const metadata = ask.metadata ?? {}
  const policy = changePolicy(ask.type, needs.rules.policy, ask.policy ?? {})
  const grantTypes = ask.grantTypes ?? defaultGrants(ask.type, redirectUris)
  await checkDeclared(needs, [...ask.scopes, ...namedIn(ask.policy)])
  checkRegistration({ ...ask, redirectUris, grantTypes, policy, metadata })
  await checkSector(needs, { ...ask, redirectUris, metadata })

  const now = needs.now()
  const secret = ask.type === 'confidential' && provesBySecret(metadata) ? mintSecret('cs') : undefined
  const client: NewClient = {
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
    metadata,
    secrets: secret ? [{ fingerprint: needs.vault.fingerprint(secret), hint: hintOf(secret), createdAt: now }] : [],
    ...(ask.website && { website: ask.website }),
    ...(ask.ownerId && { ownerId: ask.ownerId }),
  }
  const thing = { ...aboutClient(client), userId: ask.ownerId }
  const stored = await needs.clients.create(client, entry(act, 'created', thing, { at: now }))
  return secret ? { client: stored, secret } : { client: stored }
}

/** Self-registration is open to everyone, so it grants no management scopes. */
function refuseManagement(scopes: readonly Scope[]): void {
  const reserved = scopes.filter(isManagementScope)
  if (reserved.length > 0)
    throw new Refusal('scope-too-wide', `reserved: ${reserved.join(' ')}`, {
      parameter: 'scope',
      sentence: `The scope "${reserved.join(' ')}" manages this server and cannot be registered this way.`,
    })
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
  /** If absent, the client gets the grant types that fit its type and redirect URIs. */
  grantTypes?: GrantTypeName[]
  scopes: Scope[]
  type: Client['type']
  ownerId?: string
  source: ClientSource
  policy?: PolicyChange
  metadata?: ClientMetadata
}
export type RegisteredClient = { client: Client; secret?: string }
type Needs = ScopeNeeds & SectorNeeds & Pick<World, 'clients' | 'vault' | 'rules' | 'now'>
