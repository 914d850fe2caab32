import type { Credential } from './credential.ts'

/**
 * What use is counted by: the id of a credential that has a row; `grant ID` or `client ID` for statements, which come and go
 * without one, so that counts are bounded by grants and clients.
 */
export type CountedBy = string

const GRANT = 'grant '
const CLIENT = 'client '

export const countedByGrant = (id: string): CountedBy => GRANT + id
export const countedByClient = (id: string): CountedBy => CLIENT + id

/** By the grant a statement came from, or else by the client that acts for itself. */
export function countedBy({ id, stated, grantId, clientId }: Counted): CountedBy {
  if (!stated) return id
  return grantId === undefined ? countedByClient(clientId ?? '') : countedByGrant(grantId)
}

export type WhatCounts = { credentialId: string } | { grantId: string } | { clientId: string }

export function readCountedBy(text: CountedBy): WhatCounts {
  if (text.startsWith(GRANT)) return { grantId: text.slice(GRANT.length) }
  if (text.startsWith(CLIENT)) return { clientId: text.slice(CLIENT.length) }
  return { credentialId: text }
}

/** One that is not the id of a credential, as another version of Claviger wrote it. */
export const readsAsSource = (text: unknown): text is CountedBy =>
  typeof text === 'string' && /^(grant [0-9a-f]{24}|client [\w.~-]{1,128})$/.test(text)

type Counted = Pick<Credential, 'id' | 'stated' | 'grantId' | 'clientId'>
