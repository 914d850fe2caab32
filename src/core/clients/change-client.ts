import { isDeepStrictEqual } from 'node:util'
import type { Client } from '../../model/clients/client.ts'
import { aboutClient, entry } from '../../model/journal.ts'
import { missing } from '../../model/refusals/missing.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import type { Act, Actor } from '../../model/users/actor.ts'
import type { ClientChange } from '../../ports/stores.ts'
import { checkHandOut, checkPowerOf, isOwn, permits, requirePermission } from '../authority.ts'
import { checkSector, type SectorNeeds } from '../openid/sector.ts'
import { checkDeclared, type ScopeNeeds } from '../resources/scope-rules.ts'
import type { World } from '../world.ts'
import { changePolicy, namedIn, type PolicyChange } from './change-policy.ts'
import { checkRegistration } from './client-rules.ts'
import { endAll } from './end-all.ts'
import { clientUnknown, findClient } from './find-client.ts'
import { isOtherThan } from './is-other-than.ts'
import { type MetadataChange, mergeMetadata } from './metadata/merge-metadata.ts'

/** Changes a client's registration under the rules of its registration. Disabling it stops all of its tokens at once. */
export async function changeClient(needs: Needs, act: Act, ask: ChangeClient): Promise<Client> {
  const { by } = act
  const { clientId, policy, reviewed, metadata, ...fields } = ask
  const client = await findClient(needs, act, clientId, 'changeClient')
  if (client.source === 'document') refuseDescribed(client, ask)
  const change: ClientChange = {
    ...fields,
    ...(metadata && { metadata: mergeMetadata(client.metadata, metadata) }),
    ...(policy && { policy: changePolicy(client.type, client.policy, policy) }),
  }
  // A change of the scopes limits the client to these scopes.
  if (change.scopes) change.policy = { ...(change.policy ?? client.policy), allowedScopes: 'registered' }
  if (change.redirectUris) change.redirectUris = [...new Set(change.redirectUris)]
  if (change.scopes) checkHandOut(by, beyond(client.scopes, change.scopes))
  await checkDeclared(needs, beyond(client.scopes, [...(change.scopes ?? []), ...namedIn(policy)]))
  // These fields decide how tokens are issued and where they are sent. An actor who changes the client of another user
  // must therefore hold the scopes of the client.
  if ((change.redirectUris || change.grantTypes || change.metadata) && !isOwn(by, client.ownerId))
    checkPowerOf(by, client)
  if (policy || reviewed) requirePermission(by, 'changeClient')
  if (change.ownerId !== undefined) await checkHandOver(needs, by, client, change.ownerId)
  if (!permits(by, 'changeClient')) {
    if (isOtherThan(client, change)) change.identityChangedAt = needs.now()
    // Staff registered what the client said about itself before. They have not checked what its owner says now.
    if (client.source === 'operator' && saysOtherThan(client, change)) change.source = 'portal'
  }
  if (reviewed) change.reviewedAt = needs.now()
  // A change by the owner clears the review, because staff reviewed the application before this change.
  else if (client.reviewedAt !== undefined && !permits(by, 'changeClient')) change.reviewedAt = null
  checkRegistration({
    type: client.type,
    name: change.name ?? client.name,
    redirectUris: change.redirectUris ?? client.redirectUris,
    grantTypes: change.grantTypes ?? client.grantTypes,
    scopes: change.scopes ?? client.scopes,
    policy: change.policy ?? client.policy,
    metadata: change.metadata ?? client.metadata,
  })
  if (change.redirectUris || change.metadata) await checkSector(needs, { ...client, ...change })
  const thing = { ...aboutClient(client), userId: change.ownerId }
  const detail = {
    ...handedOver(client, change),
    fields: Object.keys(change),
    ...(change.active !== undefined && { active: change.active }),
  }
  const changed = await needs.clients.change(
    client.id,
    change,
    entry(act, 'changed', thing, { at: needs.now(), detail }),
  )
  if (!changed) throw clientUnknown(clientId, act)
  if (client.source === 'document' && change.active === false) await endAll(needs, act, client)
  return changed
}

/** What an application says about itself. Staff vouch for it where they registered the application. */
const STATEMENTS = ['name', 'website', 'redirectUris', 'metadata'] as const
const saysOtherThan = (client: Client, change: ClientChange): boolean =>
  STATEMENTS.some(field => change[field] !== undefined && !isDeepStrictEqual(change[field] ?? undefined, client[field]))

const DESCRIBED = ['name', 'website', 'redirectUris', 'grantTypes', 'metadata', 'ownerId'] as const
function refuseDescribed({ id }: Client, ask: ChangeClient): void {
  const field = DESCRIBED.find(one => ask[one] !== undefined)
  if (field !== undefined)
    throw new Refusal('state-conflict', `${field} of ${id} stands in its document`, {
      sentence:
        'This application is described by its metadata document. Change it there; here it can be blocked, reviewed, limited to scopes, and given a policy.',
    })
}

/**
 * Staff may change the owner if they hold the client's scopes, because the new owner can get the client's secret. The
 * new owner must be enabled, because a disabled owner would stop the application.
 */
async function checkHandOver(needs: Needs, by: Actor, client: Client, ownerId: string): Promise<void> {
  requirePermission(by, 'changeClient')
  if (client.source === 'resource-server')
    throw new Refusal('state-conflict', `${client.id} belongs to a resource server`, {
      sentence: 'This client belongs to a resource server and has no owner.',
    })
  if (!isOwn(by, client.ownerId)) checkPowerOf(by, client)
  const heir = await needs.users.byId(ownerId)
  if (!heir) throw missing('user', ownerId)
  if (!heir.active)
    throw new Refusal('state-conflict', `${heir.handle} is disabled`, {
      sentence: 'This user is disabled, and the application would stop with them.',
    })
}

const handedOver = (client: Client, { ownerId }: ClientChange): { owner?: string; formerOwner?: string | null } =>
  ownerId === undefined ? {} : { owner: ownerId, formerOwner: client.ownerId ?? null }

/** The scopes that are new. Registered ones need no check. */
const beyond = (before: readonly Scope[], after: readonly Scope[]): Scope[] =>
  after.filter(scope => !before.includes(scope))

export type ChangeClient = Partial<Pick<Client, 'name' | 'redirectUris' | 'grantTypes' | 'scopes' | 'active'>> & {
  clientId: string
  website?: string | null
  policy?: PolicyChange
  metadata?: MetadataChange
  /** The new owner. */
  ownerId?: string
  /** True if the change records that staff have reviewed the application. */
  reviewed?: true
}
type Needs = ScopeNeeds & SectorNeeds & Pick<World, 'clients' | 'credentials' | 'users' | 'now'>
