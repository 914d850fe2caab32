import type { Act, Actor } from '../../model/actor.ts'
import type { Client } from '../../model/client.ts'
import type { ClientMetadata } from '../../model/client-metadata.ts'
import { aboutClient, entry } from '../../model/journal.ts'
import { missing } from '../../model/missing.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Scope } from '../../model/scope.ts'
import type { ClientChange } from '../../ports/stores.ts'
import { checkHandOut, isOwn, permits, requirePermission } from '../authority.ts'
import { checkDeclared, type ScopeNeeds } from '../resources/scope-rules.ts'
import type { World } from '../world.ts'
import { changePolicy, namedIn, type PolicyChange } from './change-policy.ts'
import { checkRegistration } from './client-rules.ts'
import { clientUnknown, findClient } from './find-client.ts'

/** Changes a client's registration under the rules it was made with. Disabling it stops all of its tokens at once. */
export async function changeClient(needs: Needs, act: Act, ask: ChangeClient): Promise<Client> {
  const { by } = act
  const { clientId, policy, reviewed, metadata, ...fields } = ask
  const client = await findClient(needs, act, clientId, 'changeClient')
  const change: ClientChange = {
    ...fields,
    ...(metadata && { metadata: merged(client.metadata, metadata) }),
    ...(policy && { policy: changePolicy(client.type, client.policy, policy) }),
  }
  if (change.redirectUris) change.redirectUris = [...new Set(change.redirectUris)]
  if (change.scopes) checkHandOut(by, beyond(client.scopes, change.scopes))
  await checkDeclared(needs, beyond(client.scopes, [...(change.scopes ?? []), ...namedIn(policy)]))
  // Where the answers go, and how tokens are got: deciding that for another's client gives its power.
  if ((change.redirectUris || change.grantTypes || change.metadata) && !isOwn(by, client.ownerId))
    checkHandOut(by, client.scopes)
  if (policy || reviewed) requirePermission(by, 'changeClient')
  if (change.ownerId !== undefined) await checkHandOver(needs, by, client, change.ownerId)
  if (reviewed) change.reviewedAt = needs.now()
  // What staff let be was another application than this.
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
  return changed
}

/** An owner can have the secret, and a disabled owner stops the application: staff hand over, within what they hold. */
async function checkHandOver(needs: Needs, by: Actor, client: Client, ownerId: string): Promise<void> {
  requirePermission(by, 'changeClient')
  if (client.source === 'resource-server')
    throw new Refusal('state-conflict', `${client.id} belongs to a resource server`, {
      sentence: 'This client belongs to a resource server and has no owner.',
    })
  if (!isOwn(by, client.ownerId)) checkHandOut(by, client.scopes)
  const heir = await needs.users.byId(ownerId)
  if (!heir) throw missing('user', ownerId)
  if (!heir.active)
    throw new Refusal('state-conflict', `${heir.handle} is disabled`, {
      sentence: 'This user is disabled, and the application would stop with them.',
    })
}

const handedOver = (client: Client, { ownerId }: ClientChange): { owner?: string; formerOwner?: string | null } =>
  ownerId === undefined ? {} : { owner: ownerId, formerOwner: client.ownerId ?? null }

/** What is taken away is absent afterwards. */
const merged = (before: ClientMetadata, change: NonNullable<ChangeClient['metadata']>): ClientMetadata =>
  Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined))

/** Scopes that were registered before stay without being handed out anew. */
const beyond = (before: readonly Scope[], after: readonly Scope[]): Scope[] =>
  after.filter(scope => !before.includes(scope))

export type ChangeClient = Partial<Pick<Client, 'name' | 'redirectUris' | 'grantTypes' | 'scopes' | 'active'>> & {
  clientId: string
  website?: string | null
  policy?: PolicyChange
  /** Fields that are `undefined` are taken away; those that are absent stay. */
  metadata?: { [K in keyof ClientMetadata]: ClientMetadata[K] | undefined }
  /** Hands it over to this user. */
  ownerId?: string
  /** Staff looked at it and lets it be. */
  reviewed?: true
}
type Needs = ScopeNeeds & Pick<World, 'clients' | 'users' | 'now'>
