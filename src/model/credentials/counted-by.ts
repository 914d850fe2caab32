import type { Credential } from './credential.ts'

/**
 * The key under which use is counted: the id of a credential with a row. Statements have no row, so their key is `grant
 * ID` or `client ID`; the numbers of grants and clients thus limit the number of keys.
 */
export type CountedBy = string

const GRANT = 'grant '
const CLIENT = 'client '

export const countedByGrant = (id: string): CountedBy => GRANT + id
export const countedByClient = (id: string): CountedBy => CLIENT + id

/** Uses the grant of a statement, or its client if the client acts for itself. */
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

/** Recognises a key of a grant or client in data from another version of Claviger. */
export const readsAsSource = (text: unknown): text is CountedBy =>
  typeof text === 'string' && /^(grant [0-9a-f]{24}|client [\w.~-]{1,128})$/.test(text)

type Counted = Pick<Credential, 'id' | 'stated' | 'grantId' | 'clientId'>
