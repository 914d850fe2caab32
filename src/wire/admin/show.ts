import type { z } from 'zod'
import type { World } from '../../core/world.ts'
import type { Client, ResourceServer } from '../../model/client.ts'
import { type Credential, type CredentialStatus, KINDS, statusOf } from '../../model/credential.ts'
import type { Gate } from '../../model/gate.ts'
import type { StoredJournalEntry } from '../../model/journal.ts'
import type { Session } from '../../model/session.ts'
import { DAY } from '../../model/span.ts'
import type { User } from '../../model/user.ts'
import type { SigningKey } from '../../ports/stores.ts'
import type * as contract from './contract.ts'
import type { Names } from './names.ts'

/* Our nouns as the contract has them. Secrets and hashes have no way through here: every field is named. */

export const seconds = (at: number): number => Math.floor(at / 1000)
export const maybeSeconds = (at: number | undefined): number | null => (at === undefined ? null : seconds(at))

export const showUser = (user: User): z.infer<typeof contract.user> => ({
  id: user.id,
  number: user.number,
  handle: user.handle,
  email: user.email ?? null,
  first_name: user.firstName ?? null,
  last_name: user.lastName ?? null,
  role: user.role,
  scopes: user.scopes ?? null,
  active: user.active,
  has_password: user.password !== undefined,
  second_factor: user.otpValidated,
  created_at: seconds(user.createdAt),
})

export const showClient = (client: Client, names: Names): z.infer<typeof contract.client> => ({
  id: client.id,
  number: client.number,
  name: client.name,
  website: client.website ?? null,
  redirect_uris: client.redirectUris,
  grant_types: client.grantTypes,
  scopes: client.scopes,
  type: client.type,
  owner: client.ownerId === undefined ? null : names.user(client.ownerId),
  source: client.source,
  active: client.active,
  policy: {
    access_token_seconds: client.policy.accessTokenSeconds,
    refresh_token_seconds: client.policy.refreshTokenSeconds,
    code_seconds: client.policy.codeSeconds,
    pkce: client.policy.pkce,
    out_of_band: client.policy.outOfBand,
    http_redirects: client.policy.httpRedirects,
    consent: client.policy.consent,
    default_scopes: client.policy.defaultScopes === 'registered' ? null : client.policy.defaultScopes,
  },
  created_at: seconds(client.createdAt),
  reviewed_at: maybeSeconds(client.reviewedAt),
  last_used_at: maybeSeconds(client.lastUsedAt),
})

export const showSecret = (secret: Client['secrets'][number]): z.infer<typeof contract.clientSecret> => ({
  id: secret.fingerprint.slice(0, 24),
  hint: secret.hint,
  created_at: seconds(secret.createdAt),
  expires_at: maybeSeconds(secret.expiresAt),
})

export const showGate = ({ rules }: Pick<World, 'rules'>, gate: Gate): z.infer<typeof contract.gate> => ({
  name: gate.name,
  address: `${rules.issuer}/forward-auth/gates/${gate.name}`,
  audience: gate.audience ?? null,
  scopes: gate.scopes,
  profile: gate.profile,
  preflights: gate.preflights,
  created_at: seconds(gate.createdAt),
})

export const showResource = (resource: ResourceServer): z.infer<typeof contract.resourceServer> => ({
  id: resource.clientId,
  audience: resource.audience,
  name: resource.name,
  scopes: resource.scopes,
  token_format: resource.tokenFormat,
  strict_audience: resource.strictAudience,
  created_at: seconds(resource.createdAt),
})

export const showCredential = (
  credential: Credential,
  names: Names,
  now: number,
): z.infer<typeof contract.credential> => ({
  id: credential.id,
  kind: KINDS[credential.kind].shown,
  name: credential.name ?? null,
  hint: credential.hint,
  status: statusShown(credential, names, now),
  owner: credential.userId === undefined ? null : names.user(credential.userId),
  client: credential.clientId === undefined ? null : names.client(credential.clientId),
  grant_id: credential.grantId ?? null,
  scopes: credential.scopes ?? null,
  audience: credential.audience,
  networks: credential.data.networks ?? null,
  created_at: seconds(credential.createdAt),
  expires_at: maybeSeconds(credential.expiresAt),
  revoked_at: maybeSeconds(credential.revokedAt),
  last_used_at: maybeSeconds(credential.lastUsedAt),
  predecessor: credential.data.predecessor ?? null,
  successor: credential.data.successor ?? null,
})

/** The first that applies. */
function statusShown(credential: Credential, names: Names, now: number): z.infer<typeof contract.credentialStatus> {
  const { createdAt, expiresAt, lastUsedAt, userId, clientId, data } = credential
  const state: CredentialStatus = statusOf(credential, now)
  if (state === 'revoked' || state === 'expired') return state
  const disabled =
    (userId !== undefined && !names.userActive(userId)) || (clientId !== undefined && !names.clientActive(clientId))
  if (disabled) return 'disabled'
  if (state === 'spent') return data.successor === undefined ? 'spent' : 'rotating'
  if (credential.name === undefined) return 'active'
  if (expiresAt !== undefined && expiresAt < now + 14 * DAY && expiresAt - createdAt > 14 * DAY) return 'expires_soon'
  const unused = lastUsedAt === undefined ? createdAt < now - 7 * DAY : lastUsedAt < now - 30 * DAY
  return unused ? 'unused' : 'active'
}

export const showSession = (
  credential: Credential,
  user: { id: string; name: string | null },
  current: Session | undefined,
): z.infer<typeof contract.session> => ({
  id: credential.id,
  user: { id: user.id, handle: user.name ?? '' },
  current: current?.credential.id === credential.id,
  user_agent: credential.data.userAgent ?? null,
  ip: credential.data.ip ?? null,
  authenticated_at: seconds(credential.data.authenticatedAt ?? credential.createdAt),
  created_at: seconds(credential.createdAt),
  expires_at: maybeSeconds(credential.expiresAt),
  last_used_at: maybeSeconds(credential.lastUsedAt),
})

export const showSigningKey = (key: SigningKey): z.infer<typeof contract.signingKey> => ({
  id: key.id,
  algorithm: key.algorithm,
  state: key.retiredAt === undefined ? 'signing' : 'retired',
  created_at: seconds(key.createdAt),
  retired_at: maybeSeconds(key.retiredAt),
  public_jwk: key.publicJwk,
})

export const showEntry = (entry: StoredJournalEntry, names: Names): z.infer<typeof contract.journalEntry> => ({
  id: String(entry.id),
  at: seconds(entry.at),
  event: entry.event,
  about: entry.about,
  about_id: entry.aboutId ?? null,
  actor: names.actor(entry.actor),
  user_id: entry.userId ?? null,
  client_id: entry.clientId ?? null,
  credential_id: entry.credentialId ?? null,
  reason: entry.reason ?? null,
  request_id: entry.requestId ?? null,
  ip: entry.ip ?? null,
  detail: entry.detail ?? null,
})
