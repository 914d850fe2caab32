import { isOwn, permits } from '../../../core/authority.ts'
import { type ChangeClient, changeClient } from '../../../core/clients/change-client.ts'
import type { PolicyChange } from '../../../core/clients/change-policy.ts'
import { readKeySet } from '../../../core/clients/client-keys.ts'
import { deleteClient } from '../../../core/clients/delete-client.ts'
import { findClient } from '../../../core/clients/find-client.ts'
import { mergeMetadata } from '../../../core/clients/metadata/merge-metadata.ts'
import { readMetadataChange } from '../../../core/clients/metadata/read-change.ts'
import { registerClient } from '../../../core/clients/register-client.ts'
import { rotateClientSecret } from '../../../core/clients/rotate-client-secret.ts'
import { foreseeEnding } from '../../../core/credentials/foresee-ending.ts'
import { listUndelivered } from '../../../core/openid/logout/list-undelivered.ts'
import { repeatUndelivered } from '../../../core/openid/logout/repeat-undelivered.ts'
import type { World } from '../../../core/world.ts'
import type { Client, Policy } from '../../../model/clients/client.ts'
import type { ClientMetadata } from '../../../model/clients/client-metadata.ts'
import { missing } from '../../../model/refusals/missing.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import { nameOf } from '../../../model/users/actor.ts'
import type { ClientFilter } from '../../../ports/stores.ts'
import { requireFresh } from '../callers.ts'
import { showImpact } from '../credentials/impact.ts'
import { someKinds } from '../credentials/kinds.ts'
import { answered, apiOf, given, type Handlers, ownerAsked, pageOf, showPage, userIdOf } from '../handler.ts'
import { namesIn } from '../names.ts'
import type { clientsOperations } from './operations.ts'
import { showClient, showSecret, showUndelivered } from './show.ts'

/** The largest number of applications of a user who is not staff. People who build applications need fewer. */
const MOST_OWN = 100

/** Fields that do not affect rights. */
const HARMLESS: ReadonlySet<string> = new Set(['name', 'website', 'reviewed'])

export const clientsHandlers: Handlers<keyof typeof clientsOperations> = {
  async listClients(world, act, { query }) {
    const filter = given<ClientFilter>({
      ownerId: ownerAsked(act.by, 'listClients', query.owner),
      search: query.q,
      source: query.source,
      type: query.type,
      review: query.review,
      api: await apiOf(world, query.api),
    })
    const page = await world.clients.list(filter, pageOf(query))
    const names = await namesIn(world, page.items)
    return answered(showPage(page, client => showClient(client, names, world.rules)))
  },

  async createClient(world, act, { body }) {
    const { by } = act
    const own = by.is === 'user' ? by.user.id : undefined
    const ownerId = body.owner_id === undefined ? own : userIdOf(by, body.owner_id)
    const staff = permits(by, 'createClient')
    if (!staff) await refuseFlood(world, own ?? '')
    if (!staff && body.policy)
      throw new Refusal('permission-missing', `${nameOf(by)} sets a policy`, { scopes: ['clients:write'] })
    if (ownerId !== undefined && !isOwn(by, ownerId) && !(await world.users.byId(ownerId)))
      throw missing('user', ownerId)
    const { client, secret } = await registerClient(world, act, {
      name: body.name,
      type: body.type,
      redirectUris: body.redirect_uris,
      scopes: body.scopes,
      source: staff ? 'operator' : 'portal',
      ...given<Partial<Parameters<typeof registerClient>[2]>>({
        website: body.website ?? undefined,
        grantTypes: body.grant_types,
        ownerId,
        policy: body.policy && policyOf(body.policy),
        metadata: mergeMetadata({}, { ...readMetadataChange(body.metadata ?? {}), ...keysOf(body) }),
      }),
    })
    return {
      body: { client: await shown(world, client), client_secret: secret ?? null },
      location: `/v1/clients/${client.id}`,
    }
  },

  getClient: async (world, act, { id }) => answered(await shown(world, await findClient(world, act, id, 'getClient'))),

  async changeClient(world, act, { id, body }) {
    if (Object.keys(body).some(field => !HARMLESS.has(field))) requireFresh(world, act.session)
    const client = await changeClient(world, act, {
      clientId: id,
      ...given<Partial<Parameters<typeof changeClient>[2]>>({
        name: body.name,
        website: body.website,
        redirectUris: body.redirect_uris,
        grantTypes: body.grant_types,
        scopes: body.scopes,
        active: body.active,
        ownerId: body.owner_id === undefined ? undefined : userIdOf(act.by, body.owner_id),
        reviewed: body.reviewed,
        policy: body.policy && policyOf(body.policy),
        metadata: changedMetadata(body),
      }),
    })
    return answered(await shown(world, client))
  },

  async deleteClient(world, act, { id }) {
    await deleteClient(world, act, { clientId: id })
    return answered({ deleted: true })
  },

  clientImpact: async (world, act, { id, query }) =>
    answered(showImpact(await foreseeEnding(world, act, { of: 'client', id, ...someKinds(query.kinds) }))),

  async listUndeliveredLogouts(world, act, { id }) {
    const notices = await listUndelivered(world, act, { clientId: id })
    const names = await namesIn(world, notices)
    return answered({ items: notices.map(notice => showUndelivered(notice, names)) })
  },

  repeatUndeliveredLogouts: async (world, act, { id }) =>
    answered({ repeated: await repeatUndelivered(world, act, { clientId: id }) }),

  async listClientSecrets(world, act, { id }) {
    const { secrets } = await findClient(world, act, id, 'listClientSecrets')
    return answered({ items: secrets.map(showSecret) })
  },

  async rotateClientSecret(world, act, { id, body }) {
    const { client, secret } = await rotateClientSecret(world, act, {
      clientId: id,
      overlapSeconds: body.overlap_seconds,
    })
    const newest = client.secrets.find(({ fingerprint }) => fingerprint === world.vault.fingerprint(secret))
    if (!newest) throw new Error('a rotated client has no secret')
    return { body: { client_secret: secret, secret: showSecret(newest) }, location: `/v1/clients/${client.id}/secrets` }
  },
}

const shown = async (world: World, client: Client) => showClient(client, await namesIn(world, [client]), world.rules)

async function refuseFlood(world: World, ownerId: string): Promise<void> {
  const { items } = await world.clients.list({ ownerId }, { limit: MOST_OWN })
  if (items.length < MOST_OWN) return
  throw new Refusal('state-conflict', `${ownerId} has ${MOST_OWN} applications`, {
    sentence: `You have ${MOST_OWN} applications, which is as many as one person may register.`,
  })
}

type KeysBody = { jwks?: object | null | undefined; jwks_uri?: string | null | undefined }

const keysOf = ({ jwks, jwks_uri }: KeysBody): ClientMetadata =>
  given<ClientMetadata>({ jwks: jwks ? readKeySet(jwks) : undefined, jwksUri: jwks_uri ?? undefined })

/** `jwks` and `jwks_uri` replace each other; `null` removes the keys. */
function changedMetadata(body: KeysBody & MetadataBody): ChangeClient['metadata'] | undefined {
  const { jwks, jwks_uri, metadata } = body
  const keys =
    jwks === undefined && jwks_uri === undefined ? {} : { jwks: undefined, jwksUri: undefined, ...keysOf(body) }
  const change = { ...readMetadataChange(metadata ?? {}), ...keys }
  return Object.keys(change).length === 0 ? undefined : change
}

type MetadataBody = { metadata?: Record<string, unknown> | undefined }

type PolicyBody = {
  pkce?: Policy['pkce'] | null | undefined
  out_of_band?: Policy['outOfBand'] | undefined
  http_redirects?: Policy['httpRedirects'] | undefined
  pushed_requests?: Policy['pushedRequests'] | undefined
  default_scopes?: Scope[] | null | undefined
  access_token_seconds?: number | null | undefined
  refresh_token_seconds?: number | undefined
  code_seconds?: number | undefined
  consent?: Policy['consent'] | undefined
}

const policyOf = (body: PolicyBody): PolicyChange =>
  given<PolicyChange>({
    pkce: body.pkce === null ? 'standard' : body.pkce,
    outOfBand: body.out_of_band,
    httpRedirects: body.http_redirects,
    pushedRequests: body.pushed_requests,
    defaultScopes: body.default_scopes === null ? 'registered' : body.default_scopes,
    accessTokenSeconds: body.access_token_seconds,
    refreshTokenSeconds: body.refresh_token_seconds,
    codeSeconds: body.code_seconds,
    consent: body.consent,
  })
