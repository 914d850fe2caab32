import type { z } from 'zod'
import type { Client } from '../../../model/client.ts'
import type * as contract from '../contract.ts'
import type { Names } from '../names.ts'
import { maybeSeconds, seconds } from '../times.ts'

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
