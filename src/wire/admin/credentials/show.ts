import type { z } from 'zod'
import {
  type Credential,
  type CredentialStatus,
  isUnusedFor,
  KINDS,
  networksOf,
  remarksOf,
  rotationOf,
  statusOf,
  UNUSED_DAYS,
} from '../../../model/credentials/credential.ts'
import { DAY } from '../../../model/span.ts'
import type * as contract from '../contract.ts'
import type { Names } from '../names.ts'
import { maybeSeconds, seconds } from '../times.ts'

export const showCredential = (
  credential: Credential,
  names: Names,
  now: number,
  { unusedDays }: { unusedDays: number } = { unusedDays: UNUSED_DAYS },
): z.infer<typeof contract.credential> => ({
  id: credential.id,
  kind: KINDS[credential.kind].shown,
  name: credential.name ?? null,
  hint: credential.hint,
  status: statusShown(credential, names, now, unusedDays),
  owner: credential.userId === undefined ? null : names.user(credential.userId),
  client: credential.clientId === undefined ? null : names.client(credential.clientId),
  grant_id: credential.grantId ?? null,
  stored: credential.stated !== true,
  scopes: credential.scopes ?? null,
  audience: credential.audience,
  networks: networksOf(credential)?.slice() ?? null,
  created_at: seconds(credential.createdAt),
  expires_at: maybeSeconds(credential.expiresAt),
  note: remarksOf(credential).note ?? null,
  metadata: { ...remarksOf(credential).metadata },
  disabled_at: maybeSeconds(credential.disabledAt),
  disabled_by: credential.disabledBy === undefined ? null : names.actor(credential.disabledBy),
  revoked_at: maybeSeconds(credential.revokedAt),
  last_used_at: maybeSeconds(credential.lastUsedAt),
  predecessor: rotationOf(credential).predecessor ?? null,
  successor: rotationOf(credential).successor ?? null,
})

/** Returns the first status that applies. */
function statusShown(
  credential: Credential,
  names: Names,
  now: number,
  unusedDays: number,
): z.infer<typeof contract.credentialStatus> {
  const { createdAt, expiresAt, userId, clientId } = credential
  const state: CredentialStatus = statusOf(credential, now)
  if (state === 'revoked' || state === 'expired' || state === 'disabled') return state
  const disabled =
    (userId !== undefined && !names.userActive(userId)) || (clientId !== undefined && !names.clientActive(clientId))
  if (disabled) return 'disabled'
  if (state === 'spent') return rotationOf(credential).successor === undefined ? 'spent' : 'rotating'
  if (credential.name === undefined) return 'active'
  if (expiresAt !== undefined && expiresAt < now + 14 * DAY && expiresAt - createdAt > 14 * DAY) return 'expires_soon'
  return isUnusedFor(unusedDays, credential, now) ? 'unused' : 'active'
}
