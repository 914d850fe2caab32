import { hintOf, mintSecret } from '../../crypto/credential-format.ts'
import type { Client, ClientSource, GrantTypeName, Policy } from '../../model/client.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Scope } from '../../model/scope.ts'
import { isManagementScope } from '../../model/user.ts'
import { checkHandOut, type Grantor, isOwn, requirePower } from '../authority.ts'
import type { Source, World } from '../world.ts'
import { checkRegistration } from './client-rules.ts'

/** Makes a client. A confidential one gets a secret, which is shown in this answer and never again. */
export async function registerClient(
  needs: Needs,
  by: Grantor | string,
  ask: RegisterClient,
): Promise<RegisteredClient> {
  const actor = typeof by === 'string' ? by : by.actor
  if (typeof by === 'object') {
    if (!isOwn(by, ask.ownerId)) requirePower(by, 'clients:write')
    checkHandOut(by, ask.scopes)
  } else if (ask.source !== 'operator') refuseManagement(ask.scopes)
  const redirectUris = [...new Set(ask.redirectUris)]
  const policy = { ...needs.rules.policy, ...ask.policy }
  const grantTypes = ask.grantTypes ?? defaultGrants(ask.type, redirectUris)
  checkRegistration({ ...ask, redirectUris, grantTypes, policy })

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

/** Nobody in particular registers this: what manages this server is not to be had that way. */
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
