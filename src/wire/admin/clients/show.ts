import type { z } from 'zod'
import { showClientMetadata } from '../../../core/clients/metadata/show-metadata.ts'
import { policyWarnings } from '../../../core/clients/policy-warnings.ts'
import type { Rules } from '../../../core/world.ts'
import { type Client, policyFields } from '../../../model/clients/client.ts'
import type { LogoutNotice } from '../../../ports/logouts.ts'
import type * as contract from '../contract.ts'
import type { Names } from '../names.ts'
import { maybeSeconds, seconds } from '../times.ts'

export const showClient = (
  client: Client,
  names: Names,
  { confidentialPkce }: Pick<Rules, 'confidentialPkce'>,
): z.infer<typeof contract.client> => ({
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
  policy: policyFields(client, confidentialPkce),
  jwks: (client.metadata.jwks as z.infer<typeof contract.client>['jwks']) ?? null,
  jwks_uri: client.metadata.jwksUri ?? null,
  warnings: policyWarnings(client, confidentialPkce),
  created_at: seconds(client.createdAt),
  reviewed_at: maybeSeconds(client.reviewedAt),
  last_used_at: maybeSeconds(client.lastUsedAt),
  tokens_issued: client.tokensIssued,
  metadata: showClientMetadata(client),
  origin: client.origin
    ? {
        network: client.origin.network,
        token_id: client.origin.tokenId ?? null,
        shared: client.origin.digest !== undefined,
      }
    : null,
})

export const showSecret = (secret: Client['secrets'][number]): z.infer<typeof contract.clientSecret> => ({
  id: secret.fingerprint.slice(0, 24),
  hint: secret.hint,
  created_at: seconds(secret.createdAt),
  expires_at: maybeSeconds(secret.expiresAt),
})

export const showUndelivered = (notice: LogoutNotice, names: Names): z.infer<typeof contract.undeliveredLogout> => ({
  user: names.user(notice.userId),
  since: seconds(notice.createdAt),
  tries: notice.tries,
  fault: notice.fault ?? '',
  next_try_at: maybeSeconds(notice.nextAt),
})
