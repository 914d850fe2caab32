import type { Client } from '../../../model/clients/client.ts'
import type { ClientRow, Tables } from '../../tables.ts'
import { list, orNull, present } from '../rows.ts'

/* Converts rows of clients to the model and back. */

/** The row of a client with the state of its owner; null: it has no owner, or the owner was deleted. */
export type OwnedClientRow = ClientRow & { owner_active: number | null }

export const toClient = (row: OwnedClientRow, secrets: Tables['client_secrets'][] = []): Client =>
  present<Client>({
    id: row.id,
    number: row.number,
    name: row.name,
    website: row.website,
    redirectUris: list(row.redirect_uris),
    grantTypes: list(row.grant_types) as Client['grantTypes'],
    scopes: list(row.scopes),
    type: row.type as Client['type'],
    ownerId: row.owner_id,
    policy: policyOf(row.policy),
    source: row.source as Client['source'],
    active: row.active === 1,
    ownerDisabled: row.owner_id !== null && row.owner_active !== 1 ? true : undefined,
    createdAt: row.created_at,
    reviewedAt: row.reviewed_at,
    lastUsedAt: row.last_used_at,
    identityChangedAt: row.identity_changed_at,
    tokensIssued: row.tokens_issued,
    epoch: row.epoch,
    metadata: JSON.parse(row.metadata),
    origin: originOf(row),
    secrets: secrets.map(secret =>
      present<Client['secrets'][number]>({
        fingerprint: secret.fingerprint,
        hint: secret.hint,
        createdAt: secret.created_at,
        expiresAt: secret.expires_at,
      }),
    ),
  })

const originOf = (row: ClientRow): Client['origin'] =>
  row.origin_network === null
    ? undefined
    : present<NonNullable<Client['origin']>>({
        network: row.origin_network,
        area: row.origin_area ?? row.origin_network,
        tokenId: row.origin_token,
        digest: row.origin_digest,
      })

/** A row that was written before a rule existed gets the stricter value of the rule. */
const policyOf = (stored: string): Client['policy'] => ({
  httpRedirects: 'loopback',
  pushedRequests: 'optional',
  allowedScopes: 'registered',
  ...JSON.parse(stored),
})

export const fromClient = (client: Client): ClientRow => ({
  id: client.id,
  number: client.number,
  name: client.name,
  website: orNull(client.website),
  redirect_uris: JSON.stringify(client.redirectUris),
  grant_types: JSON.stringify(client.grantTypes),
  scopes: JSON.stringify(client.scopes),
  type: client.type,
  owner_id: orNull(client.ownerId),
  policy: JSON.stringify(client.policy),
  metadata: JSON.stringify(client.metadata),
  origin_network: orNull(client.origin?.network),
  origin_area: orNull(client.origin?.area),
  origin_token: orNull(client.origin?.tokenId),
  origin_digest: orNull(client.origin?.digest),
  source: client.source,
  active: Number(client.active),
  created_at: client.createdAt,
  reviewed_at: orNull(client.reviewedAt),
  last_used_at: orNull(client.lastUsedAt),
  epoch: client.epoch,
  tokens_issued: client.tokensIssued,
  identity_changed_at: orNull(client.identityChangedAt),
})
