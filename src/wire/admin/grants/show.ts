import type { z } from 'zod'
import { type Credential, type Grant, usedAt } from '../../../model/credentials/credential.ts'
import type * as contract from '../contract.ts'
import type { Names } from '../names.ts'
import { maybeSeconds, seconds } from '../times.ts'

/** The number that fits into a line of the list. */
const MOST_NETWORKS = 5

export const showGrant = (
  grant: Grant,
  names: Names,
  networks: readonly { network: string }[] = [],
  key?: Pick<Credential, 'name' | 'hint'>,
): z.infer<typeof contract.grant> => ({
  id: grant.id,
  user: grant.userId === undefined ? null : names.user(grant.userId),
  client: names.client(grant.clientId),
  key: grant.parentId === undefined ? null : { id: grant.parentId, name: key?.name ?? key?.hint ?? null },
  scopes: grant.scopes,
  audience: grant.audience,
  created_at: seconds(grant.createdAt),
  expires_at: maybeSeconds(grant.expiresAt),
  tokens_issued: grant.tokensIssued,
  last_used_at: maybeSeconds(usedAt(grant)),
  networks: networks.slice(0, MOST_NETWORKS).map(({ network }) => network),
})
