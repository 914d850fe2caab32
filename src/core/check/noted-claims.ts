import type { Credential } from '../../model/credentials/credential.ts'
import type { JournalEntry } from '../../model/journal.ts'
import type { Stated } from './stated-facts.ts'

/* The claims of a token without a row are stored only in the entry of its refusal. This file writes and reads them. */

type Claims = {
  hint: string
  scopes: readonly string[]
  audience: readonly string[]
  issued_at: number
  expires_at: number
  client_epoch: number
  grant_id?: string
}

export function claimsOf(credential: Credential): Claims {
  const { hint, scopes = [], audience, createdAt, expiresAt = 0, clientEpoch = 0, grantId } = credential
  const claims: Claims = {
    hint,
    scopes,
    audience,
    issued_at: createdAt,
    expires_at: expiresAt,
    client_epoch: clientEpoch,
  }
  return grantId === undefined ? claims : { ...claims, grant_id: grantId }
}

/** Returns undefined for entries about a stored credential, and for entries of older versions, which kept no epoch. */
export function statedIn(entry: JournalEntry): { stated: Stated; hint: string } | undefined {
  const { credentialId: id, clientId = '', detail } = entry
  const claims = detail?.['claims'] as Claims | undefined
  if (id === undefined || claims?.client_epoch === undefined) return undefined
  const stated = {
    id,
    issuedAt: claims.issued_at,
    expiresAt: claims.expires_at,
    of: claims.grant_id === undefined ? { clientId } : { grantId: claims.grant_id },
    clientEpoch: claims.client_epoch,
    scopes: [...claims.scopes],
    audience: [...claims.audience],
  }
  return { stated, hint: claims.hint }
}
