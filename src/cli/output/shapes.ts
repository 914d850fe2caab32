import { formatScopes } from '../../model/scopes/scope.ts'
import { MINUTE } from '../../model/span.ts'
import type { Answer as Told } from '../../server/management.ts'

/* Converts objects of the management API for output: scopes as one text, times as ISO 8601. */

/** Local time: 2027-01-31 06:30:15. */
export const local = (at: number): string => {
  const here = new Date(at - new Date(at).getTimezoneOffset() * MINUTE)
  return here.toISOString().replace('T', ' ').slice(0, 19)
}

export const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString())
/** Converts times of the management API, which are in seconds since the epoch. */
export const isoOf = (seconds: number | null): string | null => iso(seconds === null ? undefined : seconds * 1000)

export const showUser = ({ scopes, has_password, second_factor, created_at, active, ...user }: Told<'getUser'>) => ({
  ...user,
  scope: scopes && formatScopes(scopes),
  active,
  has_password,
  second_factor,
  created_at: isoOf(created_at),
})

export const showClient = (client: Told<'getClient'>) => ({
  client_id: client.id,
  number: client.number,
  name: client.name,
  website: client.website,
  redirect_uris: client.redirect_uris,
  grant_types: client.grant_types,
  scope: formatScopes(client.scopes),
  type: client.type,
  owner: client.owner?.id ?? null,
  active: client.active,
  jwks: client.jwks,
  jwks_uri: client.jwks_uri,
  policy: client.policy,
  source: client.source,
  metadata: client.metadata,
  origin: client.origin,
  created_at: isoOf(client.created_at),
  last_used_at: isoOf(client.last_used_at),
  tokens_issued: client.tokens_issued,
})

export const showUndelivered = (notice: Told<'listUndeliveredLogouts'>['items'][number]) => ({
  user: notice.user,
  since: isoOf(notice.since),
  tries: notice.tries,
  fault: notice.fault,
  next_try_at: isoOf(notice.next_try_at),
})

export const showResource = (resource: Told<'getResourceServer'>) => ({
  audience: resource.audience,
  name: resource.name,
  client_id: resource.id,
  scope: formatScopes(resource.scopes),
  token_format: resource.token_format,
  strict_audience: resource.strict_audience,
  key_consent: resource.key_consent,
  rolling_exp_seconds: resource.rolling_exp_seconds,
  created_at: isoOf(resource.created_at),
})

export const showGate = (gate: Told<'getGate'>) => ({
  name: gate.name,
  path: new URL(gate.address).pathname,
  audience: gate.audience,
  scope: formatScopes(gate.scopes),
  profile: gate.profile,
  preflights: gate.preflights,
  created_at: isoOf(gate.created_at),
})

export const showCredential = (credential: Told<'getCredential'>) => ({
  id: credential.id,
  kind: credential.kind,
  name: credential.name,
  hint: credential.hint,
  status: credential.status,
  user: credential.owner?.id ?? null,
  client_id: credential.client?.id ?? null,
  grant: credential.grant_id,
  stored: credential.stored,
  scope: credential.scopes && formatScopes(credential.scopes),
  audience: credential.audience,
  networks: credential.networks ?? [],
  created_at: isoOf(credential.created_at),
  expires_at: isoOf(credential.expires_at),
  note: credential.note,
  metadata: credential.metadata,
  disabled_at: isoOf(credential.disabled_at),
  disabled_by: credential.disabled_by?.id ?? null,
  revoked_at: isoOf(credential.revoked_at),
  last_used_at: isoOf(credential.last_used_at),
  successor: credential.successor,
  predecessor: credential.predecessor,
})

export const showGrant = (grant: Told<'listGrants'>['items'][number]) => ({
  id: grant.id,
  user: grant.user?.id ?? null,
  client_id: grant.client.id,
  scope: formatScopes(grant.scopes),
  audience: grant.audience,
  created_at: isoOf(grant.created_at),
  expires_at: isoOf(grant.expires_at),
  tokens_issued: grant.tokens_issued,
  last_used_at: isoOf(grant.last_used_at),
})

export const showEntry = (entry: Told<'listJournal'>['items'][number]) => ({
  id: Number(entry.id),
  at: isoOf(entry.at),
  event: entry.event,
  about: entry.about,
  about_id: entry.about_id,
  actor: entry.actor.id,
  reason: entry.reason,
  user: entry.user_id,
  client_id: entry.client_id,
  credential: entry.credential_id,
  request_id: entry.request_id,
  ip: entry.ip,
  detail: entry.detail,
  sentence: entry.sentence,
})

export const showSigningKey = (key: Told<'rotateSigningKey'>) => ({
  kid: key.id,
  algorithm: key.algorithm,
  state: key.state,
  created_at: isoOf(key.created_at),
  retired_at: isoOf(key.retired_at),
})
