import type { GrantTypeName, NewClient, Policy } from '../../../model/clients/client.ts'
import type { Credential } from '../../../model/credentials/credential.ts'
import { covers, type Scope } from '../../../model/scopes/scope.ts'
import { isHighRisk } from '../../../model/users/user.ts'
import { checkSector, type SectorNeeds } from '../../openid/sector.ts'
import { checkDeclared, type ScopeNeeds } from '../../resources/scope-rules.ts'
import type { World } from '../../world.ts'
import { checkRegistration } from '../client-rules.ts'
import type { ClientRegistration } from '../metadata/read-metadata.ts'
import { asUnfit, unfit } from '../metadata/unfit-metadata.ts'

/* Decides which grant types, scopes and policy a client gets if it registered itself or a document describes it. */

/** `scopes`: absent if every scope is allowed that is not reserved for administrators. */
export type Allowance = { grantTypes: readonly GrantTypeName[]; scopes?: readonly Scope[] }

const OF_ALL: readonly GrantTypeName[] = ['authorization_code', 'refresh_token']
const DEVICE: GrantTypeName = 'urn:ietf:params:oauth:grant-type:device_code'

/** An initial access token may add grant types, and limits the scopes. */
export const allowanceOf = (
  { deviceClients }: Pick<World['rules'], 'deviceClients'>,
  token?: Credential<'initial-access-token'>,
): Allowance => ({
  grantTypes: [...OF_ALL, ...(deviceClients === 'all' ? [DEVICE] : []), ...(token?.data.grantTypes ?? [])],
  ...(token?.scopes && { scopes: token.scopes }),
})

/**
 * Returns the client that may be stored. Drops grant types that are not allowed, because clients list every type they
 * know (RFC 7591 section 2 lets the server replace them). Refuses scopes that are not allowed, so that the person who
 * configured a wrong scope learns of it. `before`: the policy of a registered client, which staff may have changed. The
 * client can add that it must push its requests, but cannot take this back.
 */
export async function settleTerms(
  needs: TermNeeds,
  registration: ClientRegistration,
  allowance: Allowance,
  before?: Policy,
): Promise<SettledClient> {
  const { scopes: asked, pushedRequests, ...client } = registration
  const grantTypes = client.grantTypes.filter(name => allowance.grantTypes.includes(name))
  if (grantTypes.length === 0)
    throw unfit(
      'grant_types',
      `Clients that register themselves may have: ${allowance.grantTypes.join(', ')}. Ask the staff of this server for others.`,
    )
  /*
   * The scopes that a client names are its default, and no limit: MCP clients register with those of the first challenge and ask for
   * more later. A client that names none could ask for every scope anyway, and a person decides each time. Without a person the
   * scopes are the limit.
   */
  const limited = allowance.scopes !== undefined || grantTypes.includes('client_credentials')
  const standard = before ?? needs.rules.policy
  const settled: SettledClient = {
    ...client,
    grantTypes,
    scopes: [...(asked ?? allowance.scopes ?? [])],
    policy: {
      ...standard,
      pkce: before?.pkce ?? 'required',
      pushedRequests: before?.pushedRequests === 'required' ? 'required' : pushedRequests,
      consent: canProveItself(client) ? standard.consent : 'always',
      allowedScopes: limited ? 'registered' : 'unreserved',
    },
  }
  try {
    refuseBeyond(settled.scopes, allowance)
    await checkDeclared(needs, settled.scopes, 'scope')
    checkRegistration(settled)
    await checkSector(needs, { ...settled, source: 'dynamic' })
  } catch (error) {
    throw asUnfit(error)
  }
  return settled
}

/**
 * True if the secret or keys prove the client. Anyone can have a copy of a native application's secret (RFC 8252
 * section 8.6).
 */
export const canProveItself = ({ type, metadata }: Pick<ClientRegistration, 'type' | 'metadata'>): boolean =>
  type === 'confidential' && metadata.applicationType !== 'native'

function refuseBeyond(scopes: readonly Scope[], allowance: Allowance): void {
  const reserved = scopes.filter(scope => isHighRisk(scope) && !covers(allowance.scopes ?? [], scope))
  if (reserved.length > 0)
    throw unfit('scope', `The scope '${reserved.join(' ')}' is for administrators and cannot be registered this way.`)
  const beyond = scopes.filter(scope => allowance.scopes && !covers(allowance.scopes, scope))
  if (beyond.length > 0)
    throw unfit('scope', `The initial access token does not allow the scope '${beyond.join(' ')}'.`)
}

type SettledClient = Pick<
  NewClient,
  'name' | 'website' | 'redirectUris' | 'grantTypes' | 'scopes' | 'type' | 'metadata'
> & { policy: Policy }
export type TermNeeds = ScopeNeeds & SectorNeeds & { rules: Pick<World['rules'], 'policy'> }
