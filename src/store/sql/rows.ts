import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely'
import type { ResourceServer } from '../../model/clients/client.ts'
import type { Credential, CredentialKind, Grant, OpenidGrant } from '../../model/credentials/credential.ts'
import type { JournalEntry } from '../../model/journal.ts'
import type { Authenticator, MethodName } from '../../model/users/authenticator.ts'
import type { UserClaims } from '../../model/users/standard-claims.ts'
import type { NewUser, Role, User } from '../../model/users/user.ts'
import type { JournalRow } from '../engine.ts'
import type { AuthenticatorRow, CredentialRow, GrantRow, NewCredentialRow, Tables, UserRow } from '../tables.ts'
import { readData, writeData } from './credentials/credential-data.ts'

/* Converts rows to records of the model and back. A null column is an absent field. */

/** Removes null fields, so that code above sees absent values as `undefined`. */
export function present<T extends object>(fields: { [K in keyof T]: T[K] | null | undefined }): T {
  for (const key of Object.keys(fields) as (keyof T)[])
    if (fields[key] === null || fields[key] === undefined) delete fields[key]
  return fields as T
}

export const list = (text: string | null): string[] => (text ? (JSON.parse(text) as string[]) : [])
export const orNull = <T>(value: T | undefined): T | null => value ?? null

export const credentialId = (fingerprint: string): string => fingerprint.slice(0, 24)

/** Matches by id, which is the start of a fingerprint. A text of another length must match nothing, because a short prefix would match many rows. */
export function hasId(id: string): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'credentials'>()
  if (!/^[0-9a-f]{24}$/.test(id)) return sql<SqlBool>`1 = 0`
  return eb.and([eb('fingerprint', '>=', id), eb('fingerprint', '<', `${id}~`)])
}

export function toCredential(row: CredentialRow): Credential {
  const kind = row.kind as CredentialKind
  return present<Credential>({
    id: credentialId(row.fingerprint),
    fingerprint: row.fingerprint,
    kind,
    hint: row.hint,
    name: row.name,
    grantId: row.grant_id,
    generation: row.generation,
    clientId: row.client_id,
    userId: row.user_id,
    scopes: row.scopes === null ? undefined : list(row.scopes),
    audience: list(row.audience),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    disabledAt: row.disabled_at,
    disabledBy: row.disabled_by,
    spentAt: row.spent_at,
    lastUsedAt: row.last_used_at,
    data: readData(kind, row.data, row.created_at),
  } as Credential)
}

/** The row of a new credential, which is always enabled. */
export const fromCredential = (credential: Credential): NewCredentialRow => ({
  fingerprint: credential.fingerprint,
  kind: credential.kind,
  hint: credential.hint,
  name: orNull(credential.name),
  grant_id: orNull(credential.grantId),
  generation: orNull(credential.generation),
  client_id: orNull(credential.clientId),
  user_id: orNull(credential.userId),
  scopes: credential.scopes ? JSON.stringify(credential.scopes) : null,
  audience: credential.audience.length > 0 ? JSON.stringify(credential.audience) : null,
  created_at: credential.createdAt,
  expires_at: orNull(credential.expiresAt),
  revoked_at: orNull(credential.revokedAt),
  spent_at: orNull(credential.spentAt),
  last_used_at: orNull(credential.lastUsedAt),
  data: writeData(credential),
})

export const toGrant = (row: GrantRow): Grant =>
  present<Grant>({
    id: row.id,
    userId: row.user_id,
    clientId: row.client_id,
    scopes: list(row.scopes),
    audience: list(row.audience),
    generation: row.generation,
    createdAt: row.created_at,
    rotatedAt: row.rotated_at,
    activatedAt: row.activated_at,
    revokedAt: row.revoked_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    endsAt: row.ends_at,
    tokensIssued: row.tokens_issued,
    sessionId: row.session_id,
    parentId: row.parent_id,
    openid: row.openid === null ? undefined : (JSON.parse(row.openid) as OpenidGrant),
  })

export const fromGrant = (grant: Grant): GrantRow => ({
  id: grant.id,
  user_id: orNull(grant.userId),
  client_id: grant.clientId,
  scopes: JSON.stringify(grant.scopes),
  audience: grant.audience.length > 0 ? JSON.stringify(grant.audience) : null,
  generation: grant.generation,
  answer: null,
  rotated_at: null,
  created_at: grant.createdAt,
  activated_at: orNull(grant.activatedAt),
  expires_at: orNull(grant.expiresAt),
  revoked_at: orNull(grant.revokedAt),
  last_used_at: orNull(grant.lastUsedAt),
  ends_at: orNull(grant.endsAt),
  tokens_issued: grant.tokensIssued,
  session_id: orNull(grant.sessionId),
  parent_id: orNull(grant.parentId),
  openid: grant.openid ? JSON.stringify(grant.openid) : null,
})

export const toUser = (row: UserRow): User =>
  present<User>({
    id: row.id,
    number: row.number,
    handle: row.handle,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    role: row.role as Role,
    scopes: row.scopes === null ? undefined : list(row.scopes),
    active: row.active === 1,
    hasPassword: row.password !== null,
    secondFactor: row.otp_validated === 1,
    importedPassword: row.imported_password,
    epoch: row.epoch,
    createdAt: row.created_at,
    claims: row.claims === null ? undefined : (JSON.parse(row.claims) as UserClaims),
  })

/** The row of a new user. The password is the only authenticator that a new user can have. */
export const fromUser = (user: NewUser & Pick<User, 'number' | 'epoch'>): UserRow => ({
  id: user.id,
  number: user.number,
  handle: user.handle,
  email: orNull(user.email),
  first_name: orNull(user.firstName),
  last_name: orNull(user.lastName),
  role: user.role,
  scopes: user.scopes ? JSON.stringify(user.scopes) : null,
  active: Number(user.active),
  password: orNull(user.password),
  otp_secret: null,
  otp_validated: 0,
  otp_pending: null,
  otp_step: null,
  imported_password: orNull(user.importedPassword),
  epoch: user.epoch,
  created_at: user.createdAt,
  claims: user.claims ? JSON.stringify(user.claims) : null,
})

export const toAuthenticator = (row: AuthenticatorRow): Authenticator =>
  present<Authenticator>({
    id: row.id,
    userId: row.user_id,
    method: row.method as MethodName,
    data: row.data,
    state: row.state as Authenticator['state'],
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  })

export const fromAuthenticator = (authenticator: Authenticator): AuthenticatorRow => ({
  id: authenticator.id,
  user_id: authenticator.userId,
  method: authenticator.method,
  data: authenticator.data,
  state: authenticator.state,
  created_at: authenticator.createdAt,
  last_used_at: orNull(authenticator.lastUsedAt),
})

export const toResource = (row: Tables['resources']): ResourceServer => ({
  audience: row.audience,
  name: row.name,
  clientId: row.client_id,
  scopes: list(row.scopes),
  tokenFormat: row.token_format as ResourceServer['tokenFormat'],
  strictAudience: row.strict_audience === 1,
  createdAt: row.created_at,
  ...(row.key_consent === 1 && { keyConsent: true }),
  ...(row.rolling_exp_seconds !== null && { rollingExpSeconds: row.rolling_exp_seconds }),
})

export const fromResource = (resource: ResourceServer): Tables['resources'] => ({
  audience: resource.audience,
  name: resource.name,
  client_id: resource.clientId,
  scopes: JSON.stringify(resource.scopes),
  token_format: resource.tokenFormat,
  strict_audience: Number(resource.strictAudience),
  key_consent: Number(resource.keyConsent === true),
  created_at: resource.createdAt,
  rolling_exp_seconds: orNull(resource.rollingExpSeconds),
})

export const fromJournalEntry = (entry: JournalEntry): JournalRow => ({
  at: entry.at,
  event: entry.event,
  about: entry.about,
  about_id: orNull(entry.aboutId),
  actor: entry.actor,
  user_id: orNull(entry.userId),
  client_id: orNull(entry.clientId),
  credential_id: orNull(entry.credentialId),
  reason: orNull(entry.reason),
  request_id: orNull(entry.requestId),
  ip: orNull(entry.ip),
  detail: entry.detail ? JSON.stringify(entry.detail) : null,
})
