import type { Rules } from '../core/world.ts'
import { type Client, policyFields, type ResourceServer } from '../model/client.ts'
import {
  type Credential,
  type Grant,
  KINDS,
  networksOf,
  remarksOf,
  rotationOf,
  statusOf,
  usedAt,
} from '../model/credential.ts'
import type { Gate } from '../model/gate.ts'
import type { StoredJournalEntry } from '../model/journal.ts'
import { formatScopes } from '../model/scope.ts'
import type { EntryNames } from '../model/sentences/entry-facts.ts'
import { sentenceOf } from '../model/sentences/entry-sentence.ts'
import { plainSentence } from '../model/sentences/say.ts'
import { MINUTE } from '../model/span.ts'
import { type User, userFields } from '../model/user.ts'
import type { SigningKey } from '../ports/stores.ts'

/* Our nouns as the command line prints them: no secret, no hash, times as ISO 8601. */

/** As the clock of this machine has it: 2027-01-31 06:30:15. */
export const local = (at: number): string => {
  const here = new Date(at - new Date(at).getTimezoneOffset() * MINUTE)
  return here.toISOString().replace('T', ' ').slice(0, 19)
}

export const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString())

export const showUser = (user: User) => ({
  ...userFields(user),
  scope: user.scopes ? formatScopes(user.scopes) : null,
  active: user.active,
  created_at: iso(user.createdAt),
})

export const showClient = (client: Client, { confidentialPkce }: Pick<Rules, 'confidentialPkce'>) => ({
  client_id: client.id,
  number: client.number,
  name: client.name,
  website: client.website ?? null,
  redirect_uris: client.redirectUris,
  grant_types: client.grantTypes,
  scope: formatScopes(client.scopes),
  type: client.type,
  owner: client.ownerId ?? null,
  active: client.active,
  policy: policyFields(client, confidentialPkce),
  created_at: iso(client.createdAt),
  last_used_at: iso(client.lastUsedAt),
})

export const showResource = (resource: ResourceServer) => ({
  audience: resource.audience,
  name: resource.name,
  client_id: resource.clientId,
  scope: formatScopes(resource.scopes),
  token_format: resource.tokenFormat,
  strict_audience: resource.strictAudience,
  rolling_exp_seconds: resource.rollingExpSeconds ?? null,
  created_at: iso(resource.createdAt),
})

export const showGate = (gate: Gate) => ({
  name: gate.name,
  path: `/forward-auth/gates/${gate.name}`,
  audience: gate.audience ?? null,
  scope: formatScopes(gate.scopes),
  profile: gate.profile,
  preflights: gate.preflights,
  created_at: iso(gate.createdAt),
})

export const statusText = (credential: Credential): string => {
  const status = statusOf(credential, Date.now())
  if (status !== 'spent') return status
  return rotationOf(credential).successor ? 'rotating' : 'spent'
}

export const showCredential = (credential: Credential) => ({
  id: credential.id,
  kind: KINDS[credential.kind].shown,
  name: credential.name ?? null,
  hint: credential.hint,
  status: statusText(credential),
  user: credential.userId ?? null,
  client_id: credential.clientId ?? null,
  grant: credential.grantId ?? null,
  scope: credential.scopes ? formatScopes(credential.scopes) : null,
  audience: credential.audience,
  networks: networksOf(credential) ?? [],
  created_at: iso(credential.createdAt),
  expires_at: iso(credential.expiresAt),
  note: remarksOf(credential).note ?? null,
  metadata: remarksOf(credential).metadata ?? {},
  disabled_at: iso(credential.disabledAt),
  disabled_by: credential.disabledBy ?? null,
  revoked_at: iso(credential.revokedAt),
  last_used_at: iso(credential.lastUsedAt),
  successor: rotationOf(credential).successor ?? null,
  predecessor: rotationOf(credential).predecessor ?? null,
})

export const showGrant = (grant: Grant) => ({
  id: grant.id,
  user: grant.userId ?? null,
  client_id: grant.clientId,
  scope: formatScopes(grant.scopes),
  audience: grant.audience,
  created_at: iso(grant.createdAt),
  revoked_at: iso(grant.revokedAt),
  tokens_issued: grant.tokensIssued,
  last_used_at: iso(usedAt(grant)),
})

export const entryText = (entry: StoredJournalEntry, names: EntryNames): string =>
  plainSentence(sentenceOf(entry, names))

export function showEntry(stored: StoredJournalEntry, names: EntryNames) {
  const { at, aboutId, userId, clientId, credentialId, requestId, ...entry } = stored
  return {
    id: entry.id,
    at: iso(at),
    event: entry.event,
    about: entry.about,
    about_id: aboutId ?? null,
    actor: entry.actor,
    reason: entry.reason ?? null,
    user: userId ?? null,
    client_id: clientId ?? null,
    credential: credentialId ?? null,
    request_id: requestId ?? null,
    ip: entry.ip ?? null,
    detail: entry.detail ?? null,
    sentence: entryText(stored, names),
  }
}

export const showSigningKey = (key: SigningKey) => ({
  kid: key.id,
  algorithm: key.algorithm,
  state: key.removedAt !== undefined ? 'removed' : key.retiredAt !== undefined ? 'retired' : 'signing',
  created_at: iso(key.createdAt),
  retired_at: iso(key.retiredAt),
  removed_at: iso(key.removedAt),
})
